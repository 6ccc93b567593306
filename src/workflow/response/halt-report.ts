import { statSync } from 'node:fs'
import type { Task } from '../../plan/plan.ts'
import { absolute } from '../../store/workspace.ts'
import type { Desk } from '../context/context.ts'
import { situationOf } from '../context/schedule-state.ts'
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
  desk: Desk,
  task: Task,
  request: FailureRequest,
  effect: 'halted' | 'continues',
  blocked: readonly string[],
): string {
  const { done, total, phases } = progressAt(desk)
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
    ...emptyHanded(desk),
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
function emptyHanded(desk: Desk): string[] {
  const { standing } = situationOf(desk)
  const finished = desk.plan.tasks.filter(({ id }) => standing(id).settled || standing(id).claimed)
  return finished.flatMap(task =>
    task.files
      .filter(file => isHollow(desk, file))
      .map(file => `- ${task.id} (${task.title}) is marked done, but ${file} is missing or empty`),
  )
}

function isHollow(desk: Desk, file: string): boolean {
  if (!desk.shelf.exists(file)) return true
  const stat = statSync(absolute(desk.workspace, file), { throwIfNoEntry: false })
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
