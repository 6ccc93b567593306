import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedsFrom } from '../src/seeds.js'

test('a line is a seed; comments and empty lines are skipped', () => {
  assert.ok(seedsFrom('# mine\n\npea, 3, 6\n'))
})

test.skip('the error for an invalid line contains its number', () => {})
