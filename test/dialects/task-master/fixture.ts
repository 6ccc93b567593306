import type { WorkspaceReader } from '../../../src/dialects/dialect.ts'
import { candidateOf } from '../../../src/dialects/task-master/features.ts'
import { taskMaster } from '../../../src/dialects/task-master/task-master.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, task } from '../plan-queries.ts'

export const PATH = '.taskmaster/tasks/tasks.json'
const AT = '2026-01-01T00:00:00Z'

/** A file with these tasks in the tag `master`, laid out as task-master writes it. */
export function fileOf(...tasks: object[]): string {
  return `${JSON.stringify({ master: { tasks, metadata: { updated: 'then' } } }, null, 2)}\n`
}

export function planOf(text: string, tag = 'master'): Plan {
  return taskMaster.read(workspaceOf(text), candidateOf(PATH, tag))
}

export function finished(text: string, id: string): string {
  const plan = planOf(text)
  return applied(text, taskMaster.finish(workspaceOf(text), plan, task(plan, id), AT))
}

export function started(text: string, id: string): string {
  const plan = planOf(text)
  return applied(text, taskMaster.start?.(workspaceOf(text), plan, task(plan, id), AT) ?? [])
}

export function reopened(text: string, id: string): string {
  const plan = planOf(text)
  return applied(text, taskMaster.reopen(workspaceOf(text), plan, task(plan, id)))
}

/** By id, the status in the parsed file of a text. */
export function statuses(text: string): Record<string, string> {
  const all = planOf(text).tasks.map(({ id, markers }) => [id, markers[0]?.text ?? ''])
  return Object.fromEntries(all)
}

function workspaceOf(text: string): WorkspaceReader {
  return memoryWorkspace({ [PATH]: text })
}
