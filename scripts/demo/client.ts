import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import * as z from 'zod'
import { answers, type Answer, type ToolName } from './answers.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** A connection to the built server over stdio, as an editor has it. */
export class DemoClient {
  readonly #client = new Client({ name: 'demo', version: '1.0.0' })

  static async open(program: string, root: string): Promise<DemoClient> {
    const client = new DemoClient()
    const args = [program, '--root', root]
    await client.#client.connect(new StdioClientTransport({ command: process.execPath, args }))
    return client
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  /** The names of the tools that the server offers. */
  async tools(): Promise<string[]> {
    const { tools } = await this.#client.listTools()
    return tools.map(({ name }) => name)
  }

  nextTask(args: Arguments): Promise<Answer<'next_task'>> {
    return this.#accepted('next_task', args, answers.next_task)
  }

  recordRed(args: Arguments): Promise<Answer<'record_red'>> {
    return this.#accepted('record_red', args, answers.record_red)
  }

  recordGreen(args: Arguments): Promise<Answer<'record_green'>> {
    return this.#accepted('record_green', args, answers.record_green)
  }

  markComplete(args: Arguments): Promise<Answer<'mark_complete'>> {
    return this.#accepted('mark_complete', args, answers.mark_complete)
  }

  runValidation(args: Arguments): Promise<Answer<'run_validation'>> {
    return this.#accepted('run_validation', args, answers.run_validation)
  }

  /** Makes a call that must be refused with this code; returns the first line of the refusal. */
  async refused(tool: ToolName, args: Arguments, code: string): Promise<string> {
    const { isError, text } = await this.#call(tool, args)
    if (isError && text.startsWith(`[${code}] `)) return text.split('\n')[0] ?? text
    throw new UnexpectedAnswer(
      `Expected a refusal [${code}] of ${tool} ${JSON.stringify(args)}. The answer was:\n${text}`,
    )
  }

  async #accepted<Answer>(
    tool: ToolName,
    args: Arguments,
    schema: z.ZodType<Answer>,
  ): Promise<Answer> {
    const { isError, text, structured } = await this.#call(tool, args)
    const call = `${tool} ${JSON.stringify(args)}`
    if (isError) throw new UnexpectedAnswer(`${call} was refused:\n${text}`)
    const answer = schema.safeParse(structured)
    if (answer.success) return answer.data
    throw new UnexpectedAnswer(
      `The answer of ${call} is invalid:\n${z.prettifyError(answer.error)}`,
    )
  }

  async #call(
    name: ToolName,
    args: Arguments,
  ): Promise<{ isError: boolean; text: string; structured: unknown }> {
    const result = await this.#client.callTool({ name, arguments: args })
    const texts = result.content.flatMap(part => (part.type === 'text' ? [part.text] : []))
    const { isError = false, structuredContent } = result
    return { isError, text: texts.join('\n'), structured: structuredContent }
  }
}

type Arguments = Record<string, unknown>
