import * as z from 'zod'
import { askingHuman } from '../workflow/ask-human.ts'
import type { Call, Step } from '../workflow/context/call.ts'
import { checkArguments } from './arguments.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'

/** What a tool may change; a client's annotations are derived from it. */
export type Changes = 'nothing' | 'the ledger' | 'the plan'

/** A tool is data: words, schemas, what it changes, and the step behind it. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Answer extends object = object> {
  name: Step
  title: string
  description: string
  input: Input
  output: z.ZodObject
  changes: Changes
  /** It may take longer than a client waits: it goes on by itself, and is joined by calling it again. */
  long?: true
  run: (call: Call, input: z.infer<Input>) => Promise<Answer>
  /** The same facts as the structured answer, in words. */
  words: (answer: Answer) => string
}

/** A tool as the server uses it: the input is checked at its door, the answer told both ways. */
export interface AnyTool extends Omit<Tool, 'run' | 'words'> {
  answer(call: Call, input: unknown): Promise<{ structured: Record<string, unknown>; text: string }>
}

/** Ties a literal together, so that its input, step and words fit each other. */
export function defineTool<Input extends z.ZodObject, Answer extends object>(
  tool: Tool<Input, Answer>,
): AnyTool {
  const { run, words, ...data } = tool
  return {
    ...data,
    async answer(call, input) {
      const checked = checkArguments(tool.name, tool.input, input)
      const answer = await mapErrors(call, () => askingHuman(call, () => run(call, checked)))
      return { structured: Object.fromEntries(Object.entries(answer)), text: words(answer) }
    },
  }
}

/** The argument that every tool takes. */
export const feature = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Feature id; default: the active one.')

/** A task's id. */
export const task = z
  .string()
  .min(1)
  .max(200)
  .describe('Task id as next_task gives it, such as T012.')

/** What comes next: the same in every answer. */
export const next = z.looseObject({ say: z.string() })

/** In the place of the facts, when a long step has not ended yet. */
export const running = z.looseObject({ run: z.string() }).optional()

/** An input object; a wrong name is answered with the right ones. */
export function input<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const names = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `There is no argument ${issue.keys?.join(', ')}; the arguments are ${names}.`
        : undefined,
  })
}
