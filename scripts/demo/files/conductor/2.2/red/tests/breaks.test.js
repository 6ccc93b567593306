import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as walk from '../src/walk.js'

test('a walk of up to three hours has no break', () => {
  assert.deepEqual([90, 180].map(walk.withBreaks), [90, 180])
})

test('a longer walk has a break of a quarter of an hour every three hours', () => {
  assert.deepEqual([181, 360, 361].map(walk.withBreaks), [196, 375, 391])
})
