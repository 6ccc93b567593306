import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as ClientOfSdk1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as TransportOfSdk1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import { PROGRAM } from './program.ts'

/** The answer of a tool, as an assistant sees it. */
export interface Answer {
  text: string
  /** Code of a refusal. */
  code: string | undefined
  data: Record<string, unknown>
}

/** A client that is connected to its own built server over stdio. */
export interface Connection<Of = Client> {
  client: Of
  /** Process id of the server. */
  pid: number
  call: (tool: string, input?: Record<string, unknown>) => Promise<Answer>
  close: () => Promise<void>
}

/** The reply of a human to a form. */
export type FormReply =
  | { action: 'accept'; content: Record<string, boolean> }
  | { action: 'decline' | 'cancel' }

export interface ServerOptions {
  /** The name by which the client introduces itself. */
  name?: string
  /** Arguments of the program, instead of `--root ROOT`. */
  args?: string[]
  env?: Record<string, string>
  /** The working directory of the server. */
  cwd?: string
  /** The protocol version that the client insists on, instead of the newest of 2025. */
  protocol?: '2026-07-28'
  /** The folders that the client announces as its roots. */
  roots?: string[]
  /** Replies to forms. Without it the client does not support forms. */
  onForm?: ((message: string) => FormReply) | undefined
}

/** Starts the built server on a folder and connects to it with version 2 of the MCP SDK. */
export async function openServer(root: string, options: ServerOptions = {}): Promise<Connection> {
  const { name: clientName = 'test', protocol: pin, roots, onForm } = options
  const client = new Client(
    { name: clientName, version: '1.0.0' },
    {
      capabilities: capabilities(options),
      ...(pin && { versionNegotiation: { mode: { pin } } }),
    },
  )
  if (roots) client.setRequestHandler('roots/list', () => ({ roots: roots.map(asRoot) }))
  if (onForm) client.setRequestHandler('elicitation/create', ({ params }) => onForm(params.message))
  const transport = new StdioClientTransport(command(root, options))
  await client.connect(transport)
  return {
    client,
    pid: transport.pid ?? 0,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  }
}

/** The same with version 1 of the MCP SDK. */
export async function openServerWithSdk1(
  root: string,
  options: Pick<ServerOptions, 'onForm'> = {},
): Promise<Connection<ClientOfSdk1>> {
  const { onForm } = options
  const client = new ClientOfSdk1(
    { name: 'test', version: '1.0.0' },
    { capabilities: capabilities(options) },
  )
  if (onForm) client.setRequestHandler(ElicitRequestSchema, ({ params }) => onForm(params.message))
  const transport = new TransportOfSdk1(command(root, options))
  await client.connect(transport)
  return {
    client,
    pid: transport.pid ?? 0,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  }
}

/** A server without a client library, for a test that writes the protocol itself. */
export interface RawServer {
  process: ChildProcessWithoutNullStreams
  /** Sends one JSON-RPC message. */
  send: (message: object) => void
  /** Everything that the server has written so far. */
  output: () => string
}

export function spawnServer(root: string): RawServer {
  const server = spawn(process.execPath, [PROGRAM, '--root', root])
  let output = ''
  server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    process: server,
    send: message => void server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    output: () => output,
  }
}

function command(root: string, { args = ['--root', root], env = {}, cwd }: ServerOptions) {
  // The same state folder as for commands: it holds the secret that seals local records.
  const { PATH = '', HOME = '', XDG_STATE_HOME = '' } = process.env
  return {
    command: process.execPath,
    args: [PROGRAM, ...args],
    env: { PATH, HOME, XDG_STATE_HOME, ...env },
    stderr: 'pipe' as const,
    ...(cwd !== undefined && { cwd }),
  }
}

export function capabilities({ roots, onForm }: ServerOptions): {
  roots?: Record<string, never>
  elicitation?: Record<string, never>
} {
  return { ...(roots && { roots: {} }), ...(onForm && { elicitation: {} }) }
}

function asRoot(folder: string): { uri: string } {
  return { uri: `file://${folder}` }
}

export function answerOf(result: unknown): Answer {
  const { content, structuredContent = {}, _meta = {} } = toolResult.parse(result)
  return { text: content[0]?.text ?? '', code: _meta['redgreen/code'], data: structuredContent }
}

const toolResult = z.looseObject({
  content: z.array(z.looseObject({ text: z.string().optional() })),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  _meta: z.looseObject({ 'redgreen/code': z.string().optional() }).optional(),
})
