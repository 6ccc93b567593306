import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJournal } from '../../src/journal.js'

test('a brew is on disk as soon as it is added', async () => {
  assert.ok(await openJournal('brews.json'))
})

test('brews that are added at the same moment are all kept', () => {})
