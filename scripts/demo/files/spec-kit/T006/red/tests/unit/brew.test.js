import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brewAt, startBrew } from '../../src/brew.js'

const assam = { name: 'assam', celsius: 95, seconds: 240 }
const noon = Date.parse('2026-01-05T12:00:00Z')

test('a new brew has the time when it is ready', () => {
  const { tea, startedAt, readyAt } = startBrew(assam, noon)
  assert.equal(tea, 'assam')
  assert.equal(startedAt, '2026-01-05T12:00:00.000Z')
  assert.equal(readyAt, '2026-01-05T12:04:00.000Z')
})

test('every brew has its own id', () => {
  const ids = new Set([1, 2, 3].map(() => startBrew(assam, noon).id))
  assert.equal(ids.size, 3)
})

test('a brew steeps, is ready, and gets cold', () => {
  const brew = startBrew(assam, noon)
  const stateAfter = minutes => brewAt(brew, noon + minutes * 60_000).state
  assert.deepEqual([1, 5, 30].map(stateAfter), ['steeping', 'ready', 'cold'])
})
