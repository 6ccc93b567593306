import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesOf } from '../src/walk.js'

test('a walk of no distance takes no time', () => {
  assert.equal(minutesOf({ km: 0, up: 0, down: 0 }), 0)
})
