import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJournal } from '../../src/journal.js'

test('a brew is on disk when add() resolves', async () => {
  assert.ok(await openJournal('brews.json'))
})

test('brews added at the same time are all stored', () => {})
