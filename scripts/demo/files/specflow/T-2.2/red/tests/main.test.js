import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'

test('it prints where it listens, and answers there', async t => {
  const child = start(t, { PORT: '0' })
  let said = ''
  for await (const part of child.stdout) {
    said += part
    if (said.includes('\n')) break
  }
  const url = /^Seedtime listens at (http:\S+)/.exec(said)?.[1]
  assert.ok(url, 'it did not say where it listens')
  assert.deepEqual(await (await fetch(`${url}/sow/1`)).json(), ['garlic'])
})

test('a missing seed box ends it with 1 and the name of the file', async t => {
  const child = start(t, { SEEDS: 'lost.txt' })
  let said = ''
  child.stderr.on('data', part => (said += part))
  const code = await new Promise(resolve => child.once('close', resolve))
  assert.equal(code, 1)
  assert.match(said, /lost\.txt/)
})

function start(t, settings) {
  const child = spawn(process.execPath, ['src/main.js'], { env: { ...process.env, ...settings } })
  t.after(() => child.kill())
  return child
}
