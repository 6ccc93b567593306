import * as z from 'zod'
import { inCodeFence } from '../runner/safe-text.ts'
import type { DocumentText } from '../workflow/read-document.ts'
import { joinLines } from './format.ts'
import { defineTool, feature, input } from './tool.ts'

export const readDocumentTool = defineTool({
  name: 'read_document',
  title: 'Read document',
  description: 'Read a document that next_task lists, the progress or the evidence.',
  input: input({
    document: z
      .string()
      .min(1)
      .describe('Name: spec, plan, tasks, progress, evidence, or one from next_task.'),
    offset: z.int().min(0).optional().describe('nextOffset of the previous answer, such as 20000.'),
    feature,
  }),
  output: z.looseObject({ name: z.string(), text: z.string() }),
  changes: 'nothing',
  run: async (call, request) => (await import('../workflow/steps.ts')).readDocument(call, request),
  format,
})

function format({ name, path, text, nextOffset }: DocumentText): string {
  const more =
    nextOffset === undefined ? '' : `To read on, call read_document with offset ${nextOffset}.`
  // The text is of the plan or of a program. It must not pass as an answer of the server.
  return joinLines(`${path === '' ? name : path}, between the fences:`, inCodeFence(text), more)
}
