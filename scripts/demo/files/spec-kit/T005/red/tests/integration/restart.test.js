import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

test('a brew survives a restart', async t => {
  const folder = await mkdtemp(path.join(tmpdir(), 'teatime-'))
  t.after(() => rm(folder, { recursive: true }))
  const journal = path.join(folder, 'brews.json')

  const first = await start(t, journal)
  const posted = await fetch(`${first.url}/brews`, { method: 'POST', body: '{"tea":"oolong"}' })
  const { id } = await posted.json()
  await first.stop()

  const second = await start(t, journal)
  const brew = await (await fetch(`${second.url}/brews/${id}`)).json()
  assert.equal(brew.tea, 'oolong')
  await second.stop()
})

/** Starts the program on a free port and waits until it prints its address. */
async function start(t, journal) {
  const env = { ...process.env, PORT: '0', JOURNAL: journal }
  const child = spawn(process.execPath, ['src/main.js'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise(resolve => child.once('close', resolve))
  t.after(() => child.kill())
  let output = ''
  for await (const part of child.stdout) {
    output += part
    const url = /http:\S+/.exec(output)?.[0]
    if (url) return { url, stop: () => (child.kill(), ended) }
  }
  return assert.fail('the program ended before it listened')
}
