import { spawn } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { PROGRAM } from '../kit/program.ts'
import { stackProject } from '../kit/project.ts'

const OPENING = [
  {
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    },
  },
  { method: 'notifications/initialized', params: null },
]

interface Reply {
  id?: number
  error?: unknown
  result?: { content?: { text: string }[] }
}

/** Sends lines to a server as they are, and returns the replies to the requests by id. */
async function replies(root: string, messages: object[]): Promise<Map<number, Reply>> {
  const server = spawn(process.execPath, [PROGRAM, '--root', root], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const requests = messages.filter(message => 'id' in message).length
  const found = new Map<number, Reply>()
  for (const message of messages) {
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }
  for await (const line of createInterface({ input: server.stdout })) {
    const reply: Reply = JSON.parse(line)
    if (reply.id !== undefined) found.set(reply.id, reply)
    if (found.size === requests) break
  }
  server.stdin.end()
  return found
}

it('answers messages whose optional members are null or empty', async () => {
  const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
  const call = (input: unknown) => ({ name: 'next_task', arguments: input })
  const requests = [
    { method: 'tools/list', params: null },
    { method: 'tools/list', params: { cursor: null, _meta: null } },
    { method: 'resources/list', params: null },
    { method: 'tools/call', params: call(null) },
    { method: 'tools/call', params: call('') },
    { method: 'tools/call', params: call('{"feature":null}') },
    { method: 'tools/call', params: { ...call({ feature: null, task: '' }), _meta: null } },
    { method: 'prompts/get', params: { name: 'implement', arguments: { feature: '' } } },
    { method: 'prompts/get', params: { name: 'implement', arguments: { feature: null } } },
    { method: 'ping', params: null },
  ].map((message, index) => ({ id: index + 1, ...message }))
  const found = await replies(root, [...OPENING, ...requests])
  for (const { id, method } of requests) {
    expect([method, found.get(id)?.error]).toEqual([method, undefined])
    if (method !== 'tools/call') continue
    expect(found.get(id)?.result?.content?.[0]?.text).toContain('T001')
  }
  expect(JSON.stringify(found.get(8))).toContain('the active feature')
})

it('leaves arguments that are not empty as they are', async () => {
  const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
  const named = { name: 'read_document', arguments: { document: 'null' } }
  const found = await replies(root, [
    ...OPENING,
    { id: 1, method: 'tools/call', params: { name: 'next_task', arguments: 7 } },
    { id: 2, method: 'tools/call', params: named },
  ])
  expect(found.get(1)?.error).toBeDefined()
  expect(found.get(2)?.result?.content?.[0]?.text).toContain('null')
})
