import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookAt } from '../../src/brew.js'

const noon = Date.parse('2026-01-05T12:00:00Z')
const brew = { id: 'a1', tea: 'sencha', readyAt: new Date(noon).toISOString() }

test('a millisecond too early is still steeping, with a second left', () => {
  const { state, secondsLeft } = lookAt(brew, noon - 1)
  assert.deepEqual({ state, secondsLeft }, { state: 'steeping', secondsLeft: 1 })
})

test('at its very moment it is ready', () => {
  assert.equal(lookAt(brew, noon).state, 'ready')
})

test('after exactly twenty minutes it is cold', () => {
  assert.equal(lookAt(brew, noon + 20 * 60_000).state, 'cold')
})
