import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as ClientOfSdk1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportOfSdk1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './folder.ts'
import { PROGRAM } from './program.ts'
import { answerOf, capabilities, type Connection, type ServerOptions } from './server.ts'

/** A built server that listens, and what it takes to reach it. */
export interface Serving {
  /** Address of the page, such as `http://127.0.0.1:40123/`. */
  url: string
  token: string
  tokenFile: string
  process: ChildProcess
  /** Standard output and standard error so far. */
  output: () => string
  errors: () => string
  /** Asks the server to stop, and waits for its end. Returns its exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts `redgreen serve` on these projects, and ends it with the test. */
export async function serve(
  roots: readonly string[],
  { args = [], port = 0, tokenFile }: { args?: string[]; port?: number; tokenFile?: string } = {},
): Promise<Serving> {
  const file = tokenFile ?? path.join(temporaryFolder(), 'token')
  const folders = roots.flatMap(root => ['--root', root])
  const own = ['serve', '--port', String(port), '--token-file', file, ...folders, ...args]
  const server = spawn(process.execPath, [PROGRAM, ...own], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  server.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = new Promise<number | null>(resolve => {
    server.once('exit', resolve)
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    server.kill(signal)
    return ended
  }
  onTestFinished(async () => void (await stop('SIGKILL')))
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', () => output.includes('\n') && resolve())
    void ended.then(() => reject(new Error(`The server did not start: ${errors}`)))
  })
  return {
    url: output.trim(),
    token: readFileSync(file, 'utf8').trim(),
    tokenFile: file,
    process: server,
    output: () => output,
    errors: () => errors,
    stop,
  }
}

type HttpOptions = Pick<ServerOptions, 'name' | 'protocol' | 'onForm'> & {
  /** After the address of the server. */
  query?: string
}

/** Connects to a server with version 2 of the MCP SDK. */
export async function connectOverHttp(
  { url, token }: Pick<Serving, 'url' | 'token'>,
  { name: clientName = 'test', protocol: pin, onForm, query = '' }: HttpOptions = {},
): Promise<Omit<Connection, 'pid'>> {
  const client = new Client(
    { name: clientName, version: '1.0.0' },
    {
      capabilities: capabilities({ onForm }),
      ...(pin && { versionNegotiation: { mode: { pin } } }),
    },
  )
  if (onForm) client.setRequestHandler('elicitation/create', ({ params }) => onForm(params.message))
  const transport = new StreamableHTTPClientTransport(new URL(`mcp${query}`, url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return {
    client,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  }
}

/** The same with version 1 of the MCP SDK. */
export async function connectOverHttpWithSdk1(
  { url, token }: Pick<Serving, 'url' | 'token'>,
  { name: clientName = 'test', onForm }: Pick<HttpOptions, 'name' | 'onForm'> = {},
): Promise<Omit<Connection<ClientOfSdk1>, 'pid'>> {
  const client = new ClientOfSdk1(
    { name: clientName, version: '1.0.0' },
    { capabilities: capabilities({ onForm }) },
  )
  if (onForm) client.setRequestHandler(ElicitRequestSchema, ({ params }) => onForm(params.message))
  const transport = new TransportOfSdk1(new URL('mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return {
    client,
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  }
}
