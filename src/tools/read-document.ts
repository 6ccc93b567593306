import * as z from 'zod'
import { readDocument, type DocumentText } from '../workflow/read-document.ts'
import { defineTool, feature, input } from './tool.ts'
import { lines } from './words.ts'

export const readDocumentTool = defineTool({
  name: 'read_document',
  title: 'Read document',
  description: 'Read a document of the feature, or its progress and evidence.',
  input: input({
    document: z
      .string()
      .min(1)
      .describe('spec, plan, tasks, progress, evidence, or a name from next_task.'),
    offset: z.int().min(0).optional().describe('Where to read on: nextOffset of the last answer.'),
    feature,
  }),
  output: z.looseObject({ name: z.string(), text: z.string() }),
  changes: 'nothing',
  run: (call, request) => readDocument(call, request),
  words,
})

function words({ name, path, text, nextOffset }: DocumentText): string {
  const rest =
    nextOffset === undefined ? '' : `There is more: call read_document with offset ${nextOffset}.`
  return lines(path === '' ? name : path, '', text, rest)
}
