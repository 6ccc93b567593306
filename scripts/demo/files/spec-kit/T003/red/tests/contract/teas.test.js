import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/app.js'

const teas = [{ name: 'sencha', celsius: 75, seconds: 60 }]

test('GET /teas lists the available teas', async t => {
  const response = await fetch(`${await start(t)}/teas`)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(await response.json(), teas)
})

test('an unknown path is answered with 404 and an error', async t => {
  const response = await fetch(`${await start(t)}/coffee`)
  assert.equal(response.status, 404)
  assert.deepEqual(await response.json(), { error: 'Unknown path /coffee.' })
})

async function start(t) {
  const server = createApp({ teas })
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  return `http://localhost:${server.address().port}`
}
