import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/app.js'

test('there is an app for the teas', () => {
  assert.equal(typeof createApp, 'function')
})
