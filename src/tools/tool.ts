import * as z from 'zod'
import type { Call, Step } from '../workflow/context/call.ts'
import { checkArguments } from './arguments.ts'
import { joinLines } from './format.ts'

/** What a tool may change; a client's annotations are derived from it. */
export type Changes = 'nothing' | 'the ledger' | 'the plan'

/** A tool as a literal: texts, schemas, what it changes, and the step that it runs. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Answer extends object = object> {
  name: Step
  title: string
  description: string
  input: Input
  output: z.ZodObject
  changes: Changes
  /** The step may outlast the client's time limit: it keeps running, and the same call joins it. */
  long?: true
  run: (call: Call, input: z.infer<Input>) => Promise<Answer>
  /** The same facts as the structured answer, as text. */
  format: (answer: Answer) => string
}

/** An answer in both forms. */
export interface ToolResponse {
  structured: Record<string, unknown>
  text: string
}

/** A call of a tool whose arguments are valid. */
export interface PreparedCall {
  arguments: Record<string, unknown>
  /** Runs the step; throws refusals and faults. */
  run(call: Call): Promise<ToolResponse>
}

/** A tool as the server and the commands use it. */
export interface AnyTool extends Omit<Tool, 'run' | 'format'> {
  /** Validates the arguments, once for each call; throws a `bad_arguments` refusal. */
  prepare(input: unknown): PreparedCall
}

/** Checks that input schema, step and format of a literal fit together, and hides their types. */
export function defineTool<Input extends z.ZodObject, Answer extends object>(
  tool: Tool<Input, Answer>,
): AnyTool {
  const { run, format, ...data } = tool
  return {
    ...data,
    prepare(input) {
      const checked = checkArguments(tool.name, tool.input, input)
      return {
        arguments: checked,
        async run(call) {
          const { askingHuman, mapErrors, writeHookState, notifyWitness } =
            await import('../workflow/steps.ts')
          let answered: ToolResponse | undefined
          try {
            const answer = await mapErrors(call, () => askingHuman(call, () => run(call, checked)))
            const structured = Object.fromEntries(Object.entries(answer))
            answered = { structured, text: format(answer) }
            return answered
          } finally {
            // A refused step may have recorded an attempt.
            if (tool.changes !== 'nothing') {
              await writeHookState(call)
              const note = await notifyWitness(call, answered !== undefined)
              if (answered) answered.text = joinLines(answered.text, note)
            }
          }
        },
      }
    },
  }
}

/** The argument that every tool takes. */
export const feature = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Feature, such as 001-chat; default: active.')

/** The argument of every step on one task. */
export const task = z.string().min(1).max(200).describe('Task id, such as T012.')

/** The next step, part of every answer. */
export const next = z.looseObject({ say: z.string() })

/** Present, instead of the facts, while a long step is still running. */
export const running = z.looseObject({ run: z.string() }).optional()

/** A strict input object. An unknown argument is refused with the list of known ones. */
export function input<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const names = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `There is no argument ${issue.keys?.join(', ')}; the arguments are ${names}`
        : undefined,
  })
}
