import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'

/** What a tool answered, as an assistant sees it. */
export interface ToolAnswer {
  text: string
  /** Code of a refusal. */
  code: string | undefined
  data: Record<string, unknown>
}

/** A client of one server over standard input and output. */
export interface Client {
  call(tool: string, input: Record<string, unknown>): Promise<ToolAnswer>
  end(): Promise<void>
}

export interface ClientOptions {
  /** Program and arguments, with Node itself first. */
  argv: readonly [string, ...string[]]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Ends the server, and with it what it runs. */
  signal: AbortSignal
  /** The client shows forms, and says yes to each by itself. */
  agrees?: boolean
}

/**
 * Starts a server and shakes hands with it. The protocol is spoken here by hand, a line for a message: that is shorter
 * than the SDK's client is to load, and what tests the gate does not stand on what the gate is made of.
 */
export async function openClient({
  argv: [program, ...args],
  signal,
  agrees = false,
  ...place
}: ClientOptions): Promise<Client> {
  signal.throwIfAborted()
  const child = spawn(program, args, { ...place, stdio: ['pipe', 'pipe', 'ignore'] })
  const closed = once(child, 'close')
  const abort = () => child.kill('SIGTERM')
  signal.addEventListener('abort', abort, { once: true })
  const ask = askerOf(child.stdin, child.stdout)
  await ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: agrees ? { elicitation: {} } : {},
    clientInfo: { name: 'redgreen-doctor', version: '1.0.0' },
  })
  tell(child.stdin, { method: 'notifications/initialized' })
  return {
    call: async (name, input) => answerOf(await ask('tools/call', { name, arguments: input })),
    async end() {
      signal.removeEventListener('abort', abort)
      child.stdin.end()
      await Promise.race([closed, overdue(child)])
      await closed
    },
  }
}

/** A server that does not go with its client is asked, and then made to. */
async function overdue(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await pause(GRACE_MS, undefined, { ref: false })
    child.kill(signal)
  }
}

const GRACE_MS = 3000

const AGREED = { action: 'accept', content: { confirm: true } }

type Ask = (method: string, params: unknown) => Promise<unknown>

function askerOf(input: Writable, output: NodeJS.ReadableStream): Ask {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let last = 0
  const lines = createInterface({ input: output })
  lines.on('line', line => {
    const { id, method, result, error } = message.parse(JSON.parse(line))
    if (method === 'elicitation/create') return tell(input, { id, result: AGREED })
    const asked = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) asked?.reject(new Error(`The server answered: ${error.message}`))
    else asked?.resolve(result)
  })
  lines.on('close', () => {
    for (const asked of waiting.values()) asked.reject(new Error('The server has ended.'))
  })
  // A server that is gone is told by its output.
  input.on('error', () => undefined)
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      tell(input, { id: last, method, params })
    })
}

function tell(input: Writable, body: object): void {
  input.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`)
}

function answerOf(result: unknown): ToolAnswer {
  const { content, structuredContent = {}, _meta = {}, isError } = toolResult.parse(result)
  const text = content.map(part => part.text ?? '').join('\n')
  const code = _meta['redgreen/code'] ?? (isError ? `fault: ${text.split('\n')[0]}` : undefined)
  return { text, code, data: structuredContent }
}

const message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.unknown(),
  error: z.object({ message: z.string() }).optional(),
})

const toolResult = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ text: z.string().optional() })),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  _meta: z.object({ 'redgreen/code': z.string().optional() }).optional(),
})
