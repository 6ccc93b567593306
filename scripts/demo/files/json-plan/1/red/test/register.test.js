import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRegister } from '../src/register.js'

const umbrella = { what: 'blue umbrella', where: 'platform 2', day: '2026-09-13' }

test('the first find has the number 1, the next one 2', () => {
  const register = createRegister()
  const numbers = [register.add(umbrella), register.add(umbrella)].map(({ number }) => number)
  assert.deepEqual(numbers, [1, 2])
})

test('a find without a description is rejected', () => {
  assert.throws(() => createRegister().add({ ...umbrella, what: ' ' }), /description/)
})

test('a find is handed over once', () => {
  const register = createRegister()
  register.add(umbrella)
  register.handOver(1, 'Ada')
  assert.throws(() => register.handOver(1, 'Ben'), /Ada has it/)
  assert.deepEqual(register.lost(), [])
})
