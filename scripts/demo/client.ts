import * as z from 'zod'
import { linkCommand, pathWithCommand } from '../../test/kit/command-link.ts'
import { openServer, type Answer as Received, type Connection } from '../../test/kit/server.ts'
import { answers, type Answer, type ToolName } from './answers.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** A connection to the built server over stdio, as an editor has it. */
export class DemoClient {
  readonly #connection: Connection
  readonly #onAnswer: OnAnswer

  constructor(connection: Connection, onAnswer: OnAnswer = () => {}) {
    this.#connection = connection
    this.#onAnswer = onAnswer
  }

  /** `onAnswer` gets each answer, refusals included. */
  static async open(root: string, onAnswer?: OnAnswer): Promise<DemoClient> {
    linkCommand()
    const env = { PATH: pathWithCommand() }
    return new DemoClient(await openServer(root, { name: 'demo', env }), onAnswer)
  }

  /** Process id of the server. */
  get pid(): number {
    return this.#connection.pid
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  /** The names of the tools that the server offers. */
  async tools(): Promise<string[]> {
    const { tools } = await this.#connection.client.listTools()
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
    const { code: actual, text } = await this.#call(tool, args)
    if (actual === code) return text.split('\n')[0] ?? text
    throw new UnexpectedAnswer(
      `Expected a refusal [${code}] of ${tool} ${JSON.stringify(args)}. The answer was:\n${text}`,
    )
  }

  async #call(tool: ToolName, args: Arguments): Promise<Received> {
    const answer = await this.#connection.call(tool, args)
    this.#onAnswer(tool, answer)
    return answer
  }

  async #accepted<Answer>(
    tool: ToolName,
    args: Arguments,
    schema: z.ZodType<Answer>,
  ): Promise<Answer> {
    const { code, text, data } = await this.#call(tool, args)
    const call = `${tool} ${JSON.stringify(args)}`
    if (code !== undefined) throw new UnexpectedAnswer(`${call} was refused:\n${text}`)
    const answer = schema.safeParse(data)
    if (answer.success) return answer.data
    throw new UnexpectedAnswer(
      `The answer of ${call} is invalid:\n${z.prettifyError(answer.error)}`,
    )
  }
}

type OnAnswer = (tool: ToolName, answer: Received) => void

type Arguments = Record<string, unknown>
