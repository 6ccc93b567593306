import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedsFrom } from '../src/seeds.js'

test('a line is a seed; comments and empty lines are skipped', () => {
  const seeds = seedsFrom('# mine\n\npea, 3, 6\n')
  assert.deepEqual(seeds, [{ name: 'pea', first: 3, last: 6 }])
})

test('the error for an invalid line contains its number', () => {
  for (const line of ['kale', 'kale, 0, 4', 'kale, 4, may', ', 1, 2'])
    assert.throws(() => seedsFrom(`pea, 3, 6\n${line}`), /Line 2/)
})
