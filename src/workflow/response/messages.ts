import type { History } from '../../evidence/history.ts'
import { countOf } from '../../plan/format-list.ts'
import { oneLine } from '../../runner/safe-text.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'

/** The heading of a phase, with the first of its tasks that is started. */
export function phaseHeading(
  plan: Plan,
  task: Task,
  histories: ReadonlyMap<string, History>,
): string[] {
  const phase = plan.phases.find(phase => phase.name === task.phase)
  const isStarted = phase?.tasks.some(id => histories.get(id)?.start) ?? true
  // Tasks before the first heading are in a phase without a name.
  return !phase || isStarted || phase.name === ''
    ? []
    : [`Starting ${phaseTitle(phase.name)} (${idRange(plan, phase.tasks)})...`]
}

/** The line that names a task. */
export function taskTitle({ id, title }: Pick<Task, 'id' | 'title'>): string {
  return oneLine(`[${id}] ${title}`)
}

/** The messages for a caller that continues a feature which another process started. */
export function resuming(
  plan: Plan,
  { settled, unproven }: { settled: readonly string[]; unproven: readonly string[] },
  task: Task,
): string[] {
  const finished = new Set([...settled, ...unproven])
  const open = plan.tasks.filter(({ id }) => !finished.has(id))
  return [
    'Resuming implementation...',
    `✓ Found ${countOf(settled.length, 'completed task')}${inBrackets(plan, settled)}`,
    ...(unproven.length > 0
      ? [
          `⚠ Found ${countOf(unproven.length, 'ticked task')} without a proof${inBrackets(plan, unproven)}`,
        ]
      : []),
    `✗ Found ${countOf(open.length, 'incomplete task')}${inBrackets(
      plan,
      open.map(({ id }) => id),
    )}`,
    `Resuming from ${task.id}`,
  ]
}

/** The message for the last task of a phase. */
export function phaseDone(task: Task, { phases }: Progress): string[] {
  const phase = phases.find(phase => phase.name === task.phase)
  if (!phase || phase.done < phase.total) return []
  const tasks = phase.total === 1 ? 'task' : 'tasks'
  return [`${phaseTitle(phase.name)} Complete (${phase.done}/${phase.total} ${tasks})`]
}

/** The name of a phase for use in a sentence. */
export function phaseTitle(name: string): string {
  // A heading may add a warning, a priority or a target to the name.
  const bare = name.split(/\s*(?:⚠|🎯|✅|\(Priority)/u)[0] ?? ''
  if (bare === '') return 'Tasks'
  return oneLine(/phase/i.test(bare) ? bare : `${bare} Phase`)
}

function inBrackets(plan: Plan, ids: readonly string[]): string {
  return ids.length === 0 ? '' : ` (${idRange(plan, ids)})`
}

function idRange({ keepsIds }: Plan, ids: readonly string[]): string {
  const [first = ''] = ids
  const last = ids.at(-1) ?? ''
  // A dash would be one of those in the ids.
  return first === last ? first : `${first}${keepsIds ? ' to ' : '-'}${last}`
}
