import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/app.js'

test('a running Teatime reports that it is ok', async t => {
  const server = createApp({ teas: [], journal: {} })
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const response = await fetch(`http://localhost:${server.address().port}/health`)
  assert.deepEqual(await response.json(), { status: 'ok' })
})
