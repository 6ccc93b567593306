import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startBrew } from '../../src/brew.js'

test('a brew can be started', () => {
  assert.equal(typeof startBrew, 'function')
})
