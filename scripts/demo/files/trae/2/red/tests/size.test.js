import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesFor } from '../src/eggs.js'

test('a large egg takes a minute longer', () => {
  assert.equal(minutesFor({ firmness: 'soft', size: 'large' }), 6)
})
