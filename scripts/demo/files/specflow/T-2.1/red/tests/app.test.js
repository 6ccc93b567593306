import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appFor } from '../src/app.js'

const seeds = [
  { name: 'pea', first: 3, last: 6 },
  { name: 'kale', first: 4, last: 6 },
]

test('GET /sow/:month tells what may be sown', async t => {
  const { status, body } = await ask(t, '/sow/4')
  assert.deepEqual({ status, body }, { status: 200, body: ['kale', 'pea'] })
})

test('a month that is none gets 400 and a sentence', async t => {
  const { status, body } = await ask(t, '/sow/13')
  assert.deepEqual({ status, body }, { status: 400, body: { error: 'There is no month 13.' } })
})

test('a running Seedtime says that it is well, and 404 to the rest', async t => {
  assert.deepEqual(await ask(t, '/health'), { status: 200, body: { status: 'well' } })
  assert.equal((await ask(t, '/reap/4')).status, 404)
})

async function ask(t, path) {
  const server = appFor(seeds)
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const response = await fetch(`http://localhost:${server.address().port}${path}`)
  return { status: response.status, body: await response.json() }
}
