import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appFor } from '../src/app.js'

const seeds = [
  { name: 'pea', first: 3, last: 6 },
  { name: 'kale', first: 4, last: 6 },
]

test('GET /sow/:month lists the seeds that can be sown', async t => {
  const { status, body } = await ask(t, '/sow/4')
  assert.deepEqual({ status, body }, { status: 200, body: ['kale', 'pea'] })
})

test('an invalid month is answered with 400 and an error', async t => {
  const { status, body } = await ask(t, '/sow/13')
  assert.deepEqual({ status, body }, { status: 400, body: { error: 'Invalid month 13.' } })
})

test('GET /health answers ok, and an unknown path 404', async t => {
  assert.deepEqual(await ask(t, '/health'), { status: 200, body: { status: 'ok' } })
  assert.equal((await ask(t, '/reap/4')).status, 404)
})

async function ask(t, path) {
  const server = appFor(seeds)
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const response = await fetch(`http://localhost:${server.address().port}${path}`)
  return { status: response.status, body: await response.json() }
}
