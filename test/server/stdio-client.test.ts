import process from 'node:process'
import { expect, it, onTestFinished } from 'vitest'
import { openClient } from '../../src/server/stdio-client.ts'

/** Starts a program as the server. */
function open(script: string, signal = new AbortController().signal) {
  const argv = [process.execPath, '-e', script] as const
  return openClient({ argv: [...argv], cwd: process.cwd(), env: process.env, signal })
}

/** It answers only the first request, ends for SIGKILL only, and leaves a process behind that has its output open. */
const DEAF = `
  process.on('SIGTERM', () => undefined)
  setInterval(() => undefined, 1000)
  const stay = "process.on('SIGTERM', () => undefined); setTimeout(() => undefined, 60000)"
  const { pid } = require('node:child_process').spawn(process.execPath, ['-e', stay], { stdio: ['ignore', 'inherit', 'ignore'] })
  const serverInfo = { name: String(process.pid), version: String(pid) }
  console.log(JSON.stringify({ jsonrpc: '2.0', id: 1, result: { serverInfo } }))
`

it('a stopped server that does not react is killed, and every call fails', async () => {
  const controller = new AbortController()
  const client = await open(DEAF, controller.signal)
  const { name, version } = client.server
  onTestFinished(() => void process.kill(Number(version), 'SIGKILL'))
  const waiting = client.call('next_task', {})
  controller.abort()
  await expect(waiting).rejects.toThrow('The server was stopped before it answered.')
  await expect(client.call('next_task', {})).rejects.toThrow('was stopped')
  await client.end()
  expect(() => process.kill(Number(name), 0)).toThrow('ESRCH')
})

it('a call after the end of the server fails', async () => {
  const answer = { jsonrpc: '2.0', id: 1, result: { serverInfo: { name: 'a', version: '1' } } }
  const client = await open(`console.log(${JSON.stringify(JSON.stringify(answer))})`)
  await expect(client.call('next_task', {})).rejects.toThrow('The server has ended.')
  await expect(client.call('next_task', {})).rejects.toThrow('The server has ended.')
  await client.end()
})

it('a line that is not a message is quoted, and cut if it is long', async () => {
  const failure = async (script: string) => {
    const { message } = await open(script).then(
      () => new Error('it started'),
      (error: unknown) => (error instanceof Error ? error : new Error('no error')),
    )
    return message
  }
  const begin = 'The program printed a line that is not a protocol message: '
  expect(await failure('console.log("hello")')).toBe(`${begin}hello`)
  expect(await failure('console.log("x".repeat(100_000))')).toBe(`${begin}${'x'.repeat(200)} …`)
})
