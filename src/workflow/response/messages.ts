import type { History } from '../../evidence/history.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'

/** What the workflow's own words say when a phase begins: only at its first task. */
export function phaseHeading(
  plan: Plan,
  task: Task,
  histories: ReadonlyMap<string, History>,
): string[] {
  const phase = plan.phases.find(phase => phase.name === task.phase)
  const begun = phase?.tasks.some(id => histories.get(id)?.start) ?? true
  return !phase || begun ? [] : [`Starting ${phaseTitle(phase.name)} (${span(phase.tasks)})...`]
}

/** The line that names a task. */
export function taskTitle({ id, title }: Pick<Task, 'id' | 'title'>): string {
  return `[${id}] ${title}`
}

/** What they say when somebody goes on with a feature that another process, or another day, has begun. */
export function resuming(plan: Plan, settled: readonly string[], task: Task): string[] {
  const open = plan.tasks.filter(({ id }) => !settled.includes(id))
  return [
    'Resuming implementation...',
    `✓ Found ${settled.length} completed tasks (${span(settled)})`,
    `✗ Found ${open.length} incomplete tasks (${span(open.map(({ id }) => id))})`,
    `Resuming from ${task.id}`,
  ]
}

/** What they say when a task is done, and when its phase is. */
export function taskDone(task: Task, file: string, to: string, progress: Progress): string[] {
  const phase = progress.phases.find(phase => phase.name === task.phase)
  const lines = [
    `→ Marked ${to} in ${file}`,
    `Progress: ${progress.done}/${progress.total} tasks completed (${progress.percent}%)`,
  ]
  if (!phase || phase.done < phase.total) return lines
  return [...lines, `${phaseTitle(phase.name)} Complete (${phase.done}/${phase.total} tasks)`]
}

/** The name of a phase in a sentence. */
export function phaseTitle(name: string): string {
  // What a heading adds for its readers (a warning, a priority, a target) is no part of the name.
  const bare = name.split(/\s*(?:⚠|🎯|✅|\(Priority)/u)[0] ?? ''
  if (bare === '') return 'Tasks'
  return /phase/i.test(bare) ? bare : `${bare} Phase`
}

/** A count with its noun. */
export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function span(ids: readonly string[]): string {
  const [first = ''] = ids
  const last = ids.at(-1) ?? ''
  return first === last ? first : `${first}-${last}`
}
