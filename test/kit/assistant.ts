import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { onTestFinished } from 'vitest'

/** What a tool answered, as an assistant sees it. */
export interface Answer {
  text: string
  /** Code of a refusal. */
  code: string | undefined
  data: Record<string, unknown>
}

/** A client that speaks to the built server over real stdio. */
export interface Assistant {
  client: Client
  pid: number
  call: (tool: string, input?: Record<string, unknown>) => Promise<Answer>
  close: () => Promise<void>
}

/** Starts the built server on a folder and connects to it. */
export async function connect(
  root: string,
  { args = ['--root', root], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Assistant> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['dist/cli.js', ...args],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stderr: 'pipe',
  })
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport)
  const close = () => client.close()
  onTestFinished(close)
  return {
    client,
    pid: transport.pid ?? 0,
    close,
    async call(name, input = {}) {
      const result = await client.callTool({ name, arguments: input })
      const [content] = result.content
      const code = result._meta?.['redgreen/code']
      return {
        text: content?.type === 'text' ? content.text : '',
        code: typeof code === 'string' ? code : undefined,
        data: isObject(result.structuredContent) ? result.structuredContent : {},
      }
    },
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
