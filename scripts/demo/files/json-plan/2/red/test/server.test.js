import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRegister } from '../src/register.js'
import { createApp } from '../src/server.js'

const umbrella = { what: 'blue umbrella', where: 'platform 2', day: '2026-09-13' }

test('POST /finds registers a find and answers 201 with its number', async t => {
  const { post } = await start(t)
  assert.deepEqual(await post('/finds', umbrella), [201, { number: 1, ...umbrella }])
})

test('POST /finds without a description answers 400', async t => {
  const { post } = await start(t)
  const [status] = await post('/finds', { where: 'platform 2' })
  assert.equal(status, 400)
})

test('GET /finds?words= returns the matches', async t => {
  const { post, get } = await start(t)
  await post('/finds', umbrella)
  assert.deepEqual(await get('/finds?words=blue+umbrella'), [200, [{ number: 1, ...umbrella }]])
})

test('a second handover answers 409, an unknown find 404', async t => {
  const { post } = await start(t)
  await post('/finds', umbrella)
  const answers = [
    await post('/finds/1/handover', { to: 'Ada' }),
    await post('/finds/1/handover', { to: 'Ben' }),
    await post('/finds/2/handover', { to: 'Ben' }),
  ]
  assert.deepEqual(
    answers.map(([status]) => status),
    [200, 409, 404],
  )
})

test('an unknown path answers 404', async t => {
  const { get } = await start(t)
  assert.deepEqual(await get('/nowhere'), [404, { error: 'Unknown request GET /nowhere.' }])
})

async function start(t) {
  const server = createApp(createRegister())
  await new Promise(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const url = `http://localhost:${server.address().port}`
  const ask = async (path, init) => {
    const response = await fetch(url + path, init)
    return [response.status, await response.json()]
  }
  return {
    get: path => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}
