import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import * as z from 'zod'
import { answers, type Answer, type ToolName } from './answers.ts'
import { Surprise } from './unexpected-answer.ts'

/** What an assistant's editor has: a connection to the built server, over stdio. */
export class Wire {
  readonly #client = new Client({ name: 'demo', version: '1.0.0' })

  static async open(program: string, root: string): Promise<Wire> {
    const wire = new Wire()
    const args = [program, '--root', root]
    await wire.#client.connect(new StdioClientTransport({ command: process.execPath, args }))
    return wire
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  /** Names of the tools that the server offers. */
  async tools(): Promise<string[]> {
    const { tools } = await this.#client.listTools()
    return tools.map(({ name }) => name)
  }

  nextTask(args: Arguments): Promise<Answer<'next_task'>> {
    return this.#ask('next_task', args, answers.next_task)
  }

  recordRed(args: Arguments): Promise<Answer<'record_red'>> {
    return this.#ask('record_red', args, answers.record_red)
  }

  recordGreen(args: Arguments): Promise<Answer<'record_green'>> {
    return this.#ask('record_green', args, answers.record_green)
  }

  markComplete(args: Arguments): Promise<Answer<'mark_complete'>> {
    return this.#ask('mark_complete', args, answers.mark_complete)
  }

  runValidation(args: Arguments): Promise<Answer<'run_validation'>> {
    return this.#ask('run_validation', args, answers.run_validation)
  }

  /** A call that has to be refused with this code; returns the first line of the refusal. */
  async refused(tool: ToolName, args: Arguments, code: string): Promise<string> {
    const { isError, text } = await this.#call(tool, args)
    if (isError && text.startsWith(`[${code}] `)) return text.split('\n')[0] ?? text
    throw new Surprise(`${tool} ${JSON.stringify(args)} should be refused with [${code}]:\n${text}`)
  }

  async #ask<Answer>(tool: ToolName, args: Arguments, schema: z.ZodType<Answer>): Promise<Answer> {
    const { isError, text, structured } = await this.#call(tool, args)
    if (isError) throw new Surprise(`${tool} ${JSON.stringify(args)} was refused:\n${text}`)
    const answer = schema.safeParse(structured)
    if (answer.success) return answer.data
    throw new Surprise(`${tool} answered in another form:\n${z.prettifyError(answer.error)}`)
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
