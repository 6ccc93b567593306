import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/app.js'

test('the app can be created', () => {
  assert.equal(typeof createApp, 'function')
})
