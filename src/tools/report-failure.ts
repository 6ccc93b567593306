import * as z from 'zod'
import type { FailureReport } from '../workflow/report-failure.ts'
import { joinLines, nextLine } from './format.ts'
import { defineTool, feature, input, next, task } from './tool.ts'

export const reportFailureTool = defineTool({
  name: 'report_failure',
  title: 'Report failure',
  description:
    'Record that a started task cannot be finished. Call it when you are stuck. A sequential task halts the feature until it is fixed; a parallel one does not.',
  input: input({
    task,
    error: z
      .string()
      .min(1)
      .max(4000)
      .describe('Error in one or two lines, such as "port 3000 in use".'),
    files: z
      .array(z.string().min(1))
      .max(50)
      .optional()
      .describe('Affected files, such as src/server.ts.'),
    cause: z
      .string()
      .min(1)
      .max(4000)
      .optional()
      .describe('Likely cause, such as "other server running".'),
    feature,
  }),
  output: z.looseObject({ task: z.string(), effect: z.string(), next }),
  changes: 'the ledger',
  run: async (call, request) => (await import('../workflow/steps.ts')).reportFailure(call, request),
  format,
})

function format({ report, messages, next }: FailureReport): string {
  return joinLines(report, ...messages, nextLine(next))
}
