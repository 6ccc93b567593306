import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { parseJson } from '../store/json.ts'

/** Answer of a tool, as an assistant sees it. */
export interface ToolAnswer {
  text: string
  /** Refusal code; `fault: …` for any other error. */
  code: string | undefined
  data: Record<string, unknown>
}

/** A client of one stdio server. */
export interface Client {
  /** How the server introduced itself. */
  server: { name: string; version: string }
  call(tool: string, input: Record<string, unknown>): Promise<ToolAnswer>
  end(): Promise<void>
}

export interface ClientOptions {
  /** Node, the program, and its arguments. */
  argv: readonly [string, ...string[]]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Ends the server and its child processes. */
  signal: AbortSignal
  /** The client supports forms and answers yes to each without asking anybody. */
  agrees?: boolean
}

/**
 * Starts a server and initializes the connection. The protocol is implemented here, one JSON line for each message: this
 * loads faster than the SDK's client, and the attack suite does not depend on the library that it tests.
 */
export async function openClient({
  argv: [program, ...args],
  signal,
  agrees = false,
  ...spawnOptions
}: ClientOptions): Promise<Client> {
  signal.throwIfAborted()
  const child = spawn(program, args, { ...spawnOptions, stdio: ['pipe', 'pipe', 'ignore'] })
  // A program that does not exist is noticed by the end of its output.
  const closed = once(child, 'close').catch(() => undefined)
  const abort = () => child.kill('SIGTERM')
  signal.addEventListener('abort', abort, { once: true })
  const request = requester(child.stdin, child.stdout)
  const end = async () => {
    signal.removeEventListener('abort', abort)
    child.stdin.end()
    await Promise.race([closed, killIfOverdue(child)])
    await closed
  }
  try {
    const answer = await request('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: agrees ? { elicitation: {} } : {},
      clientInfo: { name: 'redgreen-doctor', version: '1.0.0' },
    })
    send(child.stdin, { method: 'notifications/initialized' })
    return {
      server: initialized.parse(answer).serverInfo,
      call: async (name, input) =>
        answerOf(await request('tools/call', { name, arguments: input })),
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** Ends a server that keeps running after its client disconnected. */
async function killIfOverdue(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await pause(GRACE_MS, undefined, { ref: false })
    child.kill(signal)
  }
}

const GRACE_MS = 3000

const AGREED = { action: 'accept', content: { confirm: true } }

type Request = (method: string, params: unknown) => Promise<unknown>

function requester(input: Writable, output: NodeJS.ReadableStream): Request {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let last = 0
  const fail = (text: string) => {
    for (const caller of waiting.values()) caller.reject(new Error(text))
    waiting.clear()
  }
  const lines = createInterface({ input: output })
  lines.on('line', line => {
    const { success, data } = message.safeParse(parseJson(line))
    if (!success) return fail(`The program wrote something else than the protocol: ${line}`)
    const { id, method, result, error } = data
    if (method === 'elicitation/create') return send(input, { id, result: AGREED })
    const caller = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) caller?.reject(new Error(`The server answered: ${error.message}`))
    else caller?.resolve(result)
  })
  lines.on('close', () => fail('The server has ended.'))
  // The end of the server is noticed by the end of its output.
  input.on('error', () => undefined)
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      send(input, { id: last, method, params })
    })
}

function send(input: Writable, body: object): void {
  input.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`)
}

function answerOf(result: unknown): ToolAnswer {
  const { content, structuredContent = {}, _meta = {}, isError } = toolResult.parse(result)
  const text = content.map(part => part.text ?? '').join('\n')
  const code = _meta['redgreen/code'] ?? (isError ? `fault: ${text.split('\n')[0]}` : undefined)
  return { text, code, data: structuredContent }
}

const initialized = z.object({ serverInfo: z.object({ name: z.string(), version: z.string() }) })

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
