import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutesFor } from '../src/eggs.js'

test('the error for an unknown firmness names it', () => {
  assert.throws(() => minutesFor({ firmness: 'raw' }), /Unknown firmness: raw/)
})
