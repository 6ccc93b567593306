import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as walk from '../src/walk.js'

test('a walk of up to three hours has no rest', () => {
  assert.deepEqual([90, 180].map(walk.withRests), [90, 180])
})

test('who walks on after three hours rests for a quarter', () => {
  assert.deepEqual([181, 360, 361].map(walk.withRests), [196, 375, 391])
})
