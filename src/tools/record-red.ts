import * as z from 'zod'
import { recordRed } from '../workflow/record-red.ts'
import { recordedOutput, formatRun } from './recorded.ts'
import { defineTool, feature, input, task } from './tool.ts'

export const recordRedTool = defineTool({
  name: 'record_red',
  title: 'Record red',
  description:
    'The server runs the new tests of a started task and sees them fail, before the code is written. A test that passes, is skipped or cannot be loaded is refused.',
  input: input({
    task,
    tests: z
      .array(z.string().min(1).max(1000))
      .min(1)
      .max(50)
      .describe('Test files, from the workspace root, such as tests/chat.test.ts.'),
    names: z
      .array(z.string().min(1).max(500))
      .max(200)
      .optional()
      .describe('Only the tests with these full names, such as "stack > pops".'),
    late: z
      .boolean()
      .optional()
      .describe('The code is there already: see the tests fail with it put back to before, aside.'),
    feature,
  }),
  output: recordedOutput,
  changes: 'the ledger',
  long: true,
  run: (call, request) => recordRed(call, request),
  words: formatRun,
})
