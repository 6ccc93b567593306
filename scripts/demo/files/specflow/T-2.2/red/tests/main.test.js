import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'

test('it prints its address and answers there', async t => {
  const child = start(t, { PORT: '0' })
  let output = ''
  for await (const part of child.stdout) {
    output += part
    if (output.includes('\n')) break
  }
  const url = /^Seedtime listens at (http:\S+)/.exec(output)?.[1]
  assert.ok(url, 'it did not print its address')
  assert.deepEqual(await (await fetch(`${url}/sow/1`)).json(), ['garlic'])
})

test('if the seed list is missing, it prints the file name and exits with 1', async t => {
  const child = start(t, { SEEDS: 'lost.txt' })
  let output = ''
  child.stderr.on('data', part => (output += part))
  const code = await new Promise(resolve => child.once('close', resolve))
  assert.equal(code, 1)
  assert.match(output, /lost\.txt/)
})

function start(t, settings) {
  const child = spawn(process.execPath, ['src/main.js'], { env: { ...process.env, ...settings } })
  t.after(() => child.kill())
  return child
}
