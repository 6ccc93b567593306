import * as z from 'zod'
import type { MarkResponse } from '../workflow/completion/response.ts'
import { markComplete } from '../workflow/mark-complete.ts'
import { defineTool, feature, input, next, running, task } from './tool.ts'
import { countsPhrase, lines, nextLine, runBlock } from './words.ts'

export const markCompleteTool = defineTool({
  name: 'mark_complete',
  title: 'Mark complete',
  description:
    'Finish a proven task: runs the suite and the linter, then ticks the task off in the plan and changes nothing else there. Never edit the mark yourself.',
  input: input({
    task,
    refactor: z.string().min(1).optional().describe('What was cleaned up, or why nothing was.'),
    feature,
  }),
  output: z.looseObject({ task: z.string(), stage: z.string().optional(), running, next }),
  changes: 'the plan',
  long: true,
  run: (call, request) => markComplete(call, request),
  words,
})

function excusedPhrase({ excused }: MarkResponse['suite']): string {
  return excused > 0 ? `, ${excused} of them as expected: their code is not written yet` : ''
}

function words(answer: MarkResponse): string {
  const { task, marked, suite, lint, progress, messages } = answer
  const { command, exitCode = null, output = '', log = '' } = suite
  return lines(
    `${task} is done.`,
    ...marked.map(({ path, line, from, to }) => `${path}:${line} ${from} became ${to}.`),
    suite.ran === 'none'
      ? 'No suite was needed.'
      : `The ${suite.ran} suite: ${countsPhrase(suite.counts)}${excusedPhrase(suite)}. Full runs left: ${suite.runsLeft}${suite.runsLeft === 1 ? ', kept for the validation' : ''}.`,
    command && runBlock({ command, exitCode, output, log }, 4),
    lint && `Linter: ${runBlock(lint, 3)}`,
    ...messages.filter(message => !message.startsWith('→') && !message.startsWith('Progress')),
    `Progress: ${progress.done}/${progress.total} tasks completed (${progress.percent}%).`,
    nextLine(answer.next),
  )
}
