import { statSync } from 'node:fs'
import { oneLine } from '../../runner/safe-text.ts'
import type { Task } from '../../plan/plan.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'

/** Input of the step `report_failure`. */
export interface FailureRequest {
  task: string
  error: string
  files?: string[] | undefined
  cause?: string | undefined
}

/** The report on a failed task: progress of the feature, the error, and what to do. */
export function haltReport(
  context: Context,
  task: Task,
  request: FailureRequest,
  effect: 'halted' | 'continues',
  blocked: readonly string[],
): string {
  const { done, total, phases } = progressAt(context)
  const halted = effect === 'halted'
  const left = blocked.length - MAX_BLOCKED
  return [
    halted ? 'Implementation Halted!' : `✗ ${task.id} failed. The other tasks can continue.`,
    `✓ ${done}/${total} tasks completed`,
    ...(halted ? [`✗ CRITICAL FAILURE at ${task.id} (sequential task)`] : []),
    '',
    'Phases:',
    ...phases.map(
      phase =>
        `- ${oneLine(phase.name || '(no phase)')}: ${phase.done}/${phase.total}${tick(phase)}`,
    ),
    '',
    'Failed task:',
    oneLine(`[${task.id}] ${task.title}`),
    oneLine(`✗ ${request.error}`),
    ...(request.files ?? task.files).map(file => oneLine(`✗ File: ${file}`)),
    '',
    'Error context:',
    ...missingFiles(context),
    ...(request.cause === undefined ? [] : [oneLine(`- Possible cause: ${request.cause}`)]),
    blocked.length > 0
      ? `- Blocking: ${blocked.slice(0, MAX_BLOCKED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
      : '- No task waits for it',
    ...(halted ? haltAdvice(task) : ['', `${task.id} can be fixed and run again independently.`]),
  ].join('\n')
}

/** `redgreen status` lists them all. */
const MAX_BLOCKED = 20

function tick({ done, total }: { done: number; total: number }): string {
  return done === total ? ' ✓' : ''
}

/** Files of finished tasks that are missing or empty: often the real cause of the failure. */
function missingFiles(context: Context): string[] {
  const { statusOf } = scheduleState(context)
  const finished = context.plan.tasks.filter(
    ({ id }) => statusOf(id).settled || statusOf(id).unverified,
  )
  return finished.flatMap(task =>
    task.files
      .filter(file => isMissingOrEmpty(context, file))
      .map(file =>
        oneLine(`- ${task.id} (${task.title}) is marked done, but ${file} is missing or empty`),
      ),
  )
}

function isMissingOrEmpty(context: Context, file: string): boolean {
  if (!context.reader.exists(file)) return true
  const stat = statSync(absolute(context.workspace, file), { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size === 0
}

function haltAdvice(task: Task): string[] {
  return [
    '',
    'HALT: Sequential task failed. Execution stopped.',
    `Reason: ${task.id} is not marked [P] (or sets the project up), so later tasks build on it.`,
    '',
    'Suggested fix:',
    '1. Check the files and the error above',
    '2. Fix the cause. If a finished task is at fault, a human reopens it with `redgreen reopen TASK`',
    `3. Resume from ${task.id}`,
    '',
    'Implementation stopped to prevent cascading failures.',
  ]
}
