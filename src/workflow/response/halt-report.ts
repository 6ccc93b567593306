import { statSync } from 'node:fs'
import type { Task } from '../../plan/plan.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'

/** What is said of a task that cannot be finished. */
export interface FailureRequest {
  task: string
  error: string
  files?: string[] | undefined
  cause?: string | undefined
}

/** What a person reads when a task has failed: where the feature stands, what is in the way, what to do. */
export function haltReport(
  context: Context,
  task: Task,
  request: FailureRequest,
  effect: 'halted' | 'continues',
  blocked: readonly string[],
): string {
  const { done, total, phases } = progressAt(context)
  const halted = effect === 'halted'
  return [
    halted ? 'Implementation Halted!' : `✗ ${task.id} failed; the other tasks go on.`,
    `✓ ${done}/${total} tasks completed`,
    ...(halted ? [`✗ CRITICAL FAILURE at ${task.id} (sequential task)`] : []),
    '',
    'Phases:',
    ...phases.map(phase => `- ${phase.name}: ${phase.done}/${phase.total}${tick(phase)}`),
    '',
    'Failed task:',
    `[${task.id}] ${task.title}`,
    `✗ ${request.error}`,
    ...(request.files ?? task.files).map(file => `✗ File: ${file}`),
    '',
    'Error context:',
    ...emptyHanded(context),
    ...(request.cause === undefined ? [] : [`- Possible cause: ${request.cause}`]),
    blocked.length > 0
      ? `- Blocking: ${blocked.slice(0, 20).join(', ')}`
      : '- Nothing waits for it',
    ...(halted ? haltAdvice(task) : ['', `${task.id} can be mended and run again by itself.`]),
  ].join('\n')
}

function tick({ done, total }: { done: number; total: number }): string {
  return done === total ? ' ✓' : ''
}

/** Tasks that are ticked although a file that they name is missing or empty: often the true culprit. */
function emptyHanded(context: Context): string[] {
  const { statusOf: status } = scheduleState(context)
  const finished = context.plan.tasks.filter(
    ({ id }) => status(id).settled || status(id).unverified,
  )
  return finished.flatMap(task =>
    task.files
      .filter(file => isHollow(context, file))
      .map(file => `- ${task.id} (${task.title}) is marked done, but ${file} is missing or empty`),
  )
}

function isHollow(context: Context, file: string): boolean {
  if (!context.reader.exists(file)) return true
  const stat = statSync(absolute(context.workspace, file), { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size === 0
}

function haltAdvice(task: Task): string[] {
  return [
    '',
    `HALT: Sequential task failed. Execution stopped.`,
    `Reason: ${task.id} is not marked [P] (or sets the project up), so later tasks build on it.`,
    '',
    'Suggested fix:',
    '1. Look at the files and the error above',
    `2. Mend the cause; where a finished task is at fault, take its mark away so that it is done again`,
    `3. Resume from ${task.id}`,
    '',
    'Implementation stopped to prevent cascading failures.',
  ]
}
