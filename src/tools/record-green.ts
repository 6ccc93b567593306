import * as z from 'zod'
import { recordGreen } from '../workflow/record-green.ts'
import { recordedOutput, formatRun } from './recorded.ts'
import { defineTool, feature, input, task } from './tool.ts'

export const recordGreenTool = defineTool({
  name: 'record_green',
  title: 'Record green',
  description:
    'The server runs the red tests again and sees each of them pass, with the test files as they were at red. For a task of kind check: sees its files and runs the named check.',
  input: input({
    task,
    check: z
      .string()
      .min(1)
      .optional()
      .describe('Kind check only: a check of the settings, such as types.'),
    feature,
  }),
  output: recordedOutput,
  changes: 'the ledger',
  long: true,
  run: (call, request) => recordGreen(call, request),
  words: formatRun,
})
