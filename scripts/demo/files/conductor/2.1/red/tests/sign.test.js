import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signFor } from '../src/sign.js'

test('a time is written in hours and quarters', () => {
  assert.deepEqual([45, 60, 135].map(signFor), ['0 h 45', '1 h 00', '2 h 15'])
})

test('it is rounded up', () => {
  assert.deepEqual([1, 46, 61].map(signFor), ['0 h 15', '1 h 00', '1 h 15'])
})
