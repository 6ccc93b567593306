import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRegister } from '../src/register.js'
import { search } from '../src/search.js'

test('case and accents are ignored', () => {
  const finds = [{ number: 1, what: 'a blue umbrella with a wooden grip' }]
  assert.equal(search(finds, 'Blue UMBRELLA').length, 1)
  assert.equal(search([{ number: 2, what: 'café cup' }], 'cafe').length, 1)
})

test('more words in common come first, then the newer find', () => {
  const finds = ['blue hat', 'blue umbrella', 'red umbrella'].map((what, at) => ({
    number: at + 1,
    what,
  }))
  const found = search(finds, 'blue umbrella').map(({ number }) => number)
  assert.deepEqual(found, [2, 3, 1])
})

test('a find that was handed over is not found', () => {
  const register = createRegister()
  register.add({ what: 'green scarf' })
  assert.equal(search(register.lost(), 'scarf').length, 1)
  register.handOver(1, 'Ada')
  assert.deepEqual(search(register.lost(), 'scarf'), [])
})
