import * as z from 'zod'
import { taskTitle } from '../workflow/response/messages.ts'
import type { NextTaskResponse } from '../workflow/response/next-task-response.ts'
import { nextTask } from '../workflow/next-task.ts'
import { defineTool, feature, input, next } from './tool.ts'
import { lines, nextLine, progressLine } from './words.ts'

export const nextTaskTool = defineTool({
  name: 'next_task',
  title: 'Next task',
  description:
    'Start the task that is due, or go on with the one in hand. Tells its files, acceptance criteria, how it has to be proven, and the documents to read first.',
  input: input({
    task: z.string().min(1).max(200).optional().describe('Take this task instead, such as T012.'),
    feature,
  }),
  output: z.looseObject({ task: z.looseObject({ id: z.string() }).nullable(), next }),
  changes: 'the ledger',
  run: (call, { task }) => nextTask(call, { task }),
  words,
})

function words(answer: NextTaskResponse): string {
  const { task, feature, alsoReady, documents, progress, messages } = answer
  if (!task) {
    return lines(`No task of ${feature.id} is left.`, progressLine(progress), nextLine(answer.next))
  }
  return lines(
    ...messages,
    !messages.includes(taskTitle(task)) && taskTitle(task),
    task.description,
    `Stage ${task.stage}; proven as ${task.kind}: ${task.kindReason}.`,
    task.files.length > 0 && `Files: ${task.files.join(', ')}`,
    task.dependsOn.length > 0 && `Depends on ${task.dependsOn.join(', ')}.`,
    ...task.acceptance.map(criterion => `- ${criterion}`),
    `${task.location.path}:${task.location.line}, ${task.phase}`,
    alsoReady.length > 0 && `At the same time: ${alsoReady.map(({ id }) => id).join(', ')}.`,
    // Once a phase is often enough: a model pays for every word.
    messages.some(message => OPENS.test(message)) &&
      `Read: ${[...new Set(documents.map(({ path }) => path))].join(', ')}`,
    progressLine(progress),
    nextLine(answer.next),
  )
}

/** A phase begins, or somebody comes to the work. */
const OPENS = /^(Starting|Resuming) /
