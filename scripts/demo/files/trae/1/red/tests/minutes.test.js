import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesFor } from '../src/eggs.js'

test('a soft, a medium and a hard egg take 5, 7 and 10 minutes', () => {
  assert.equal(minutesFor({ firmness: 'soft' }), 5)
  assert.equal(minutesFor({ firmness: 'medium' }), 7)
  assert.equal(minutesFor({ firmness: 'hard' }), 10)
})
