import * as z from 'zod'
import { formatRun, runOutput } from './run-response.ts'
import { defineTool, feature, input, task } from './tool.ts'

export const recordRedTool = defineTool({
  name: 'record_red',
  title: 'Record red',
  description:
    'Run the new tests of a started task and record that they fail. Call it before writing the code. Tests that pass, are skipped or cannot be loaded are refused.',
  input: input({
    task,
    tests: z
      .array(z.string().min(1).max(1000))
      .min(1)
      .max(50)
      .describe('Test files relative to the workspace root, such as tests/chat.test.ts.'),
    names: z
      .array(z.string().min(1).max(500))
      .max(200)
      .optional()
      .describe('Full names of tests to run, such as "stack > pops"; default: all.'),
    late: z
      .boolean()
      .optional()
      .describe(
        'Set when the code already exists: tests run against the pre-task source in a temporary checkout.',
      ),
    feature,
  }),
  output: runOutput,
  changes: 'the ledger',
  long: true,
  run: async (call, request) => (await import('../workflow/steps.ts')).recordRed(call, request),
  format: formatRun,
})
