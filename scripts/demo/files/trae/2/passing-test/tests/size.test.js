import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesFor } from '../src/eggs.js'

test('a small soft egg takes five minutes', () => {
  assert.equal(minutesFor({ firmness: 'soft', size: 'small' }), 5)
})
