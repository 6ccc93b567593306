import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'

test('it answers GET /health when it has printed its address, and SIGTERM stops it', async t => {
  const env = { ...process.env, PORT: '0' }
  const child = spawn(process.execPath, ['src/main.js'], { env })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise(resolve => child.once('exit', resolve))
  const url = await listening(child)
  assert.equal((await fetch(`${url}/health`)).status, 200)
  child.kill('SIGTERM')
  assert.equal(await ended, 0)
})

async function listening(child) {
  let output = ''
  for await (const part of child.stdout) {
    output += part
    const url = /^Lost and found listens at (http:\S+)\n/.exec(output)?.[1]
    if (url) return url
  }
  return assert.fail('the program ended before it listened')
}
