import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedsFrom } from '../src/seeds.js'

test('a line is a seed; remarks and empty lines are passed over', () => {
  assert.ok(seedsFrom('# mine\n\npea, 3, 6\n'))
})

test.skip('a line that cannot be understood is named by its number', () => {})
