import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesOf } from '../src/walk.js'

test('the error for a negative number names it', () => {
  assert.throws(() => minutesOf({ km: -1, up: 0, down: 0 }), /km is -1/)
})

test('the error for a value that is not a number names it', () => {
  assert.throws(() => minutesOf({ km: 1, up: NaN, down: 0 }), /up is NaN/)
})
