import * as z from 'zod'
import type { MarkResponse } from '../workflow/completion/response.ts'
import { describeCounts, joinLines, nextLine, runBlock } from './format.ts'
import { defineTool, feature, input, next, running, task } from './tool.ts'

export const markCompleteTool = defineTool({
  name: 'mark_complete',
  title: 'Mark complete',
  description:
    'Finish a proven task: run suite and linter, then tick it in the plan. Call it after record_green. Never edit the mark yourself.',
  input: input({
    task,
    refactor: z
      .string()
      .min(1)
      .optional()
      .describe('Clean-up done, or why none, such as "extracted parse()".'),
    feature,
  }),
  output: z.looseObject({ task: z.string(), stage: z.string().optional(), running, next }),
  changes: 'the plan',
  long: true,
  run: async (call, request) => (await import('../workflow/steps.ts')).markComplete(call, request),
  format,
})

function format(response: MarkResponse): string {
  const { task, marked, suite, lint, types, progress, messages } = response
  return joinLines(
    `${task} is done.`,
    response.repeated && messages[0],
    ...marked.map(({ path, line, from, to }) => `${path}:${line} changed from ${from} to ${to}.`),
    suiteLine(suite),
    lint && checkLine('Linter', lint),
    types && checkLine('Type checker', types),
    ...messages.slice(response.repeated ? 1 : 0),
    `Progress: ${progress.done}/${progress.total} tasks completed (${progress.percent}%).`,
    nextLine(response.next),
  )
}

function checkLine(
  name: string,
  { command, exitCode, output = '', log = '' }: NonNullable<MarkResponse['lint']>,
): string {
  return command
    ? `${name}: ${runBlock({ command, exitCode, output, log }, 3)}`
    : `${name}: passed.`
}

function suiteLine({ ran, counts, excused = 0, runsLeft, log }: MarkResponse['suite']): string {
  if (ran === 'none') return 'No suite was needed.'
  const expected =
    excused > 0 ? ` (${excused} of them expected: their code is not written yet)` : ''
  const reserved = runsLeft === 1 ? ', reserved for the validation' : ''
  return `Suite (${ran}): ${describeCounts(counts)}${expected}. Full runs left: ${runsLeft}${reserved}.${log === undefined ? '' : ` Log: ${log}`}`
}
