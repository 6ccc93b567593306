import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesOf } from '../src/walk.js'

test('a negative number is refused by its name', () => {
  assert.throws(() => minutesOf({ km: -1, up: 0, down: 0 }), /km is -1/)
})

test('what is no number is refused by its name', () => {
  assert.throws(() => minutesOf({ km: 1, up: NaN, down: 0 }), /up is NaN/)
})
