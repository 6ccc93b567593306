import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as ClientOfSdk1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportOfSdk1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { PROGRAM } from './program.ts'
import { answerOf, capabilities, type Connection, type ServerOptions } from './server.ts'

/** A running built server, and what is needed to reach it. */
export interface Serving {
  /** Address of the page, such as `http://127.0.0.1:40123/`. */
  url: string
  /** The token of the clients. */
  token: string
  /** The token that decides on the page. */
  pageToken: string
  tokenFile: string
  process: ChildProcess
  /** Standard output and standard error so far. */
  output: () => string
  errors: () => string
  /** Asks the server to stop, and waits for its end. Returns its exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export interface ServingOptions {
  tokenFile: string
  args?: string[]
  port?: number
}

/** Starts `redgreen serve` on these projects. */
export async function startServing(
  roots: readonly string[],
  { tokenFile, args = [], port = 0 }: ServingOptions,
): Promise<Serving> {
  const folders = roots.flatMap(root => ['--root', root])
  const own = ['serve', '--port', String(port), '--token-file', tokenFile, ...folders, ...args]
  const server = spawn(process.execPath, [PROGRAM, ...own], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  server.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = new Promise<number | null>(resolve => {
    server.once('exit', resolve)
  })
  await new Promise<void>((resolve, reject) => {
    const look = () => output.includes('\n') && PAGE_TOKEN.test(errors) && resolve()
    server.stdout.on('data', look)
    server.stderr.on('data', look)
    void ended.then(() => reject(new Error(`The server did not start: ${errors}`)))
  })
  return {
    url: output.trim(),
    token: readFileSync(tokenFile, 'utf8').trim(),
    pageToken: PAGE_TOKEN.exec(errors)?.[1] ?? '',
    tokenFile,
    process: server,
    output: () => output,
    errors: () => errors,
    async stop(signal = 'SIGTERM') {
      server.kill(signal)
      return ended
    },
  }
}

const PAGE_TOKEN = /#token=([\w-]+)\n/

export type HttpOptions = Pick<ServerOptions, 'name' | 'protocol' | 'onForm'> & {
  /** After the address of the server. */
  query?: string
}

/** A client of a server that listens. */
export type HttpConnection<Of = Client> = Omit<Connection<Of>, 'pid'>

/** Connects to a server with version 2 of the MCP SDK. */
export async function openOverHttp(
  serving: Pick<Serving, 'url' | 'token'>,
  { name: clientName = 'test', protocol: pin, onForm, query = '' }: HttpOptions = {},
): Promise<HttpConnection> {
  const client = new Client(
    { name: clientName, version: '1.0.0' },
    {
      capabilities: capabilities({ onForm }),
      ...(pin && { versionNegotiation: { mode: { pin } } }),
    },
  )
  if (onForm) client.setRequestHandler('elicitation/create', ({ params }) => onForm(params.message))
  const url = new URL(`mcp${query}`, serving.url)
  await client.connect(new StreamableHTTPClientTransport(url, withToken(serving)))
  return {
    client,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  }
}

/** The same with version 1 of the MCP SDK. */
export async function openOverHttpWithSdk1(
  serving: Pick<Serving, 'url' | 'token'>,
  { name: clientName = 'test', onForm }: Pick<HttpOptions, 'name' | 'onForm'> = {},
): Promise<HttpConnection<ClientOfSdk1> & { endSession: () => Promise<void> }> {
  const client = new ClientOfSdk1(
    { name: clientName, version: '1.0.0' },
    { capabilities: capabilities({ onForm }) },
  )
  if (onForm) client.setRequestHandler(ElicitRequestSchema, ({ params }) => onForm(params.message))
  const transport = new TransportOfSdk1(new URL('mcp', serving.url), withToken(serving))
  await client.connect(transport)
  return {
    client,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
    endSession: () => transport.terminateSession(),
  }
}

function withToken({ token }: Pick<Serving, 'token'>): {
  requestInit: { headers: Record<string, string> }
} {
  return { requestInit: { headers: { authorization: `Bearer ${token}` } } }
}
