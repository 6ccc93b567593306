import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brewAt } from '../../src/brew.js'

const noon = Date.parse('2026-01-05T12:00:00Z')
const brew = { id: 'a1', tea: 'sencha', readyAt: new Date(noon).toISOString() }

test('one millisecond early, it is still steeping with a second left', () => {
  const { state, secondsLeft } = brewAt(brew, noon - 1)
  assert.deepEqual({ state, secondsLeft }, { state: 'steeping', secondsLeft: 1 })
})

test('exactly on time, it is ready', () => {
  assert.equal(brewAt(brew, noon).state, 'ready')
})

test('after exactly twenty minutes, it is cold', () => {
  assert.equal(brewAt(brew, noon + 20 * 60_000).state, 'cold')
})
