import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brewAt, startBrew } from '../../src/brew.js'

const assam = { name: 'assam', celsius: 95, seconds: 240 }

test('a new brew has the time when it is ready', () => {
  assert.ok(startBrew(assam, 0))
})

test('every brew has its own id', () => {})

test('a brew steeps, is ready, and gets cold', () => {
  assert.ok(brewAt({}, 0))
})
