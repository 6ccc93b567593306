import * as z from 'zod'
import { formatRun, runOutput } from './run-response.ts'
import { defineTool, feature, input, task } from './tool.ts'

export const recordGreenTool = defineTool({
  name: 'record_green',
  title: 'Record green',
  description:
    'Run the red tests again, unchanged, and record that each passes. Call it after writing the code. For a task of kind check: verify its files and run the named check.',
  input: input({
    task,
    check: z
      .string()
      .min(1)
      .optional()
      .describe('Kind check only: a check from the settings, such as types.'),
    feature,
  }),
  output: runOutput,
  changes: 'the ledger',
  long: true,
  run: async (call, request) => (await import('../workflow/steps.ts')).recordGreen(call, request),
  format: formatRun,
})
