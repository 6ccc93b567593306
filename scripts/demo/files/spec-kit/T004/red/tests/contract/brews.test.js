import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/app.js'

const teas = [{ name: 'sencha', celsius: 75, seconds: 60 }]
const noon = Date.parse('2026-01-05T12:00:00Z')

test('POST /brews starts a brew', async t => {
  const { brew } = await start(t)
  const response = await brew('{"tea":"sencha"}')
  assert.equal(response.status, 201)
  const { id, ...rest } = await response.json()
  assert.match(id, /^\w+$/)
  assert.deepEqual(rest, {
    tea: 'sencha',
    startedAt: '2026-01-05T12:00:00.000Z',
    readyAt: '2026-01-05T12:01:00.000Z',
    state: 'steeping',
    secondsLeft: 60,
  })
})

test('GET /brews/:id returns the current state', async t => {
  const { brew, get, wait } = await start(t)
  const response = await brew('{"tea":"sencha"}')
  assert.equal(response.status, 201)
  const { id } = await response.json()
  wait(61)
  const { state, secondsLeft } = await (await get(`/brews/${id}`)).json()
  assert.deepEqual({ state, secondsLeft }, { state: 'ready', secondsLeft: 0 })
})

test('an unknown tea is answered with the available teas', async t => {
  const { brew } = await start(t)
  const response = await brew('{"tea":"gravel"}')
  assert.equal(response.status, 404)
  assert.deepEqual(await response.json(), { error: 'Unknown tea gravel. Available: sencha.' })
})

test('a body that is not JSON is rejected', async t => {
  const { brew } = await start(t)
  assert.equal((await brew('sencha, please')).status, 400)
})

test('an unknown brew is answered with 404', async t => {
  const { get } = await start(t)
  assert.equal((await get('/brews/none')).status, 404)
})

async function start(t) {
  let now = noon
  const brews = []
  const journal = {
    find: id => brews.find(brew => brew.id === id),
    add: async brew => void brews.push(brew),
  }
  const server = createApp({ teas, journal, now: () => now })
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const url = `http://localhost:${server.address().port}`
  return {
    brew: body => fetch(`${url}/brews`, { method: 'POST', body }),
    get: path => fetch(url + path),
    wait: seconds => (now += seconds * 1000),
  }
}
