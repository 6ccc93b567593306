import * as z from 'zod'
import { reportFailure, type FailureReport } from '../workflow/report-failure.ts'
import { defineTool, feature, input, next, task } from './tool.ts'
import { lines, nextLine } from './words.ts'

export const reportFailureTool = defineTool({
  name: 'report_failure',
  title: 'Report failure',
  description:
    'Say that a started task cannot be finished. A sequential task halts the feature until it is mended; a parallel one lets the others go on.',
  input: input({
    task,
    error: z.string().min(1).max(4000).describe('What went wrong, in one or two lines.'),
    files: z.array(z.string().min(1)).max(50).optional().describe('Files concerned.'),
    cause: z.string().min(1).max(4000).optional().describe('The likely cause.'),
    feature,
  }),
  output: z.looseObject({ task: z.string(), effect: z.string(), next }),
  changes: 'the ledger',
  run: (call, request) => reportFailure(call, request),
  words,
})

function words({ report, messages, next }: FailureReport): string {
  return lines(report, ...messages, nextLine(next))
}
