import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { parseJson } from '../plan/parse-json.ts'

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
  const { request, stop } = requester(child.stdin, child.stdout)
  const abort = () => {
    child.kill('SIGTERM')
    stop('The server was stopped before it answered.')
  }
  signal.addEventListener('abort', abort, { once: true })
  const end = async () => {
    signal.removeEventListener('abort', abort)
    child.stdin.end()
    await Promise.race([closed, killIfOverdue(child)])
    // A process that the server left behind may hold its output open.
    child.stdout.destroy()
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

/** Ends a server that keeps running after its client disconnected, or after the SIGTERM that it got already. */
async function killIfOverdue(child: ChildProcess): Promise<void> {
  const signals: NodeJS.Signals[] = child.killed ? ['SIGKILL'] : ['SIGTERM', 'SIGKILL']
  for (const signal of signals) {
    await pause(GRACE_MS, undefined, { ref: false })
    child.kill(signal)
  }
}

const GRACE_MS = 3000

const AGREED = { action: 'accept', content: { confirm: true } }

type Request = (method: string, params: unknown) => Promise<unknown>

interface Requester {
  request: Request
  /** Every call fails from now on, also those that wait for an answer. */
  stop: (reason: string) => void
}

function requester(input: Writable, output: NodeJS.ReadableStream): Requester {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let last = 0
  let stopped: string | undefined
  const fail = (text: string) => {
    for (const caller of waiting.values()) caller.reject(new Error(text))
    waiting.clear()
  }
  const stop = (reason: string) => {
    stopped ??= reason
    fail(stopped)
  }
  const lines = createInterface({ input: output })
  lines.on('line', line => {
    const { success, data } = message.safeParse(parseJson(line))
    if (!success) {
      return fail(`The program printed a line that is not a protocol message: ${shortened(line)}`)
    }
    const { id, method, result, error } = data
    if (method === 'elicitation/create') return send(input, { id, result: AGREED })
    const caller = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) caller?.reject(new Error(`The server answered: ${error.message}`))
    else caller?.resolve(result)
  })
  lines.on('close', () => stop('The server has ended.'))
  // The end of the server is noticed by the end of its output.
  input.on('error', () => undefined)
  const request: Request = (method, params) =>
    new Promise((resolve, reject) => {
      if (stopped !== undefined) throw new Error(stopped)
      last += 1
      waiting.set(last, { resolve, reject })
      send(input, { id: last, method, params })
    })
  return { request, stop }
}

/** A program may print anything, and the line becomes part of a message. */
function shortened(line: string): string {
  return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)} …` : line
}

const MAX_LINE_LENGTH = 200

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
