import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesOf } from '../src/walk.js'

test('4 km, 300 m up and 500 m down take an hour each', () => {
  assert.equal(minutesOf({ km: 4, up: 0, down: 0 }), 60)
  assert.equal(minutesOf({ km: 0, up: 300, down: 0 }), 60)
  assert.equal(minutesOf({ km: 0, up: 0, down: 500 }), 60)
})

test('the longer of horizontal and vertical time counts in full, the shorter one half', () => {
  assert.equal(minutesOf({ km: 8, up: 300, down: 0 }), 150)
  assert.equal(minutesOf({ km: 4, up: 300, down: 500 }), 150)
})
