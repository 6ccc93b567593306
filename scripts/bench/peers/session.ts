import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import * as z from 'zod'
import type { Command, Session } from './contestant.ts'

/** The environment of every server. */
export function environment(own: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '', XDG_STATE_HOME = '' } = process.env
  return { PATH, HOME, XDG_STATE_HOME, ...own }
}

/** Starts a server in a folder and connects to it. */
export async function openSession({ command, args, env }: Command, cwd: string): Promise<Session> {
  const client = new Client({ name: 'load', version: '1.0.0' })
  const server = { command, args, env: environment(env), cwd, stderr: 'ignore' as const }
  await client.connect(new StdioClientTransport(server))
  return {
    async call({ tool, args: input }) {
      const answer = await client.callTool({ name: tool, arguments: input }, { timeout: TIMEOUT })
      const { content, isError } = toolResult.parse(answer)
      const text = content.map(part => part.text ?? '').join('\n')
      if (isError === true) throw new Error(`${tool} failed: ${text.slice(0, 300)}`)
      return text
    },
    close: () => client.close(),
  }
}

const toolResult = z.looseObject({
  content: z.array(z.looseObject({ text: z.string().optional() })),
  isError: z.boolean().optional(),
})

/** In milliseconds: a large plan takes some servers many seconds. */
const TIMEOUT = 120_000
