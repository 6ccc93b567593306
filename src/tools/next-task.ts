import * as z from 'zod'
import { formatList } from '../plan/format-list.ts'
import { oneLine, quotation } from '../runner/safe-text.ts'
import { taskTitle } from '../workflow/response/messages.ts'
import type { NextTaskResponse } from '../workflow/response/next-task-response.ts'
import { joinLines, nextLine, progressLine } from './format.ts'
import { defineTool, feature, input, next } from './tool.ts'

export const nextTaskTool = defineTool({
  name: 'next_task',
  title: 'Next task',
  description:
    'Start the next task or continue the current one. Call it first and after mark_complete. Returns files, acceptance criteria, required proof and documents to read.',
  input: input({
    task: z.string().min(1).max(200).optional().describe('Specific task to start, such as T012.'),
    feature,
  }),
  output: z.looseObject({ task: z.looseObject({ id: z.string() }).nullable(), next }),
  changes: 'the ledger',
  run: async (call, { task }) => (await import('../workflow/steps.ts')).nextTask(call, { task }),
  format,
})

function format(response: NextTaskResponse): string {
  const { task, feature, alsoReady, documents, progress, messages } = response
  if (!task) {
    return joinLines(
      ...messages,
      oneLine(`${feature.id} has no task left.`),
      progressLine(progress),
      nextLine(response.next),
    )
  }
  return joinLines(
    ...messages,
    taskTitle(task),
    task.description !== undefined && quotation(task.description),
    `Stage: ${task.stage}. Kind of proof: ${task.kind} (${task.kindReason}).`,
    ...redLines(response),
    task.files.length > 0 && `Files: ${oneLine(task.files.join(', '))}`,
    task.dependsOn.length > 0 && `Depends on ${task.dependsOn.join(', ')}.`,
    ...task.acceptance.map(criterion => `- ${oneLine(criterion)}`),
    oneLine(
      `${task.location.path}:${task.location.line}${task.phase === '' ? '' : `, ${task.phase}`}`,
    ),
    alsoReady.length > 0 &&
      `Can run in parallel: ${formatList(alsoReady.map(({ id }) => id))}${response.moreReady === undefined ? '' : ` and ${response.moreReady} more`}.`,
    documents.length > 0 &&
      oneLine(`Read: ${[...new Set(documents.map(({ path }) => path))].join(', ')}`),
    progressLine(progress),
    nextLine(response.next),
  )
}

/** The red tests of a task that is continued, with their files. */
function redLines({ red }: NextTaskResponse): string[] {
  if (!red) return []
  const { files, tests, testsLeftOut } = red
  const shown = tests.slice(0, MAX_RED)
  const left = tests.length - shown.length + (testsLeftOut?.count ?? 0)
  return [
    oneLine(`Red test files: ${formatList(files)}`),
    ...shown.map(({ id, message }) =>
      oneLine(`✗ ${id}${message === undefined ? '' : `: ${message}`}`),
    ),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ]
}

const MAX_RED = 5
