import { dialects } from '../../../src/dialects/index.ts'
import type { Candidate, Dialect } from '../../../src/dialects/dialect.ts'
import type { Plan, Task } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied, task as taskIn } from '../plan-queries.ts'

export const AT = '2026-01-01T00:00:00Z'

const DIRS: Record<string, string> = {
  kiro: '.kiro/specs/a',
  openspec: 'openspec/changes/a',
  'spec-workflow': '.spec-workflow/specs/a',
}

function dialectNamed(name: string): Dialect {
  const dialect = dialects.find(one => one.name === name)
  if (dialect === undefined) throw new Error(`no ${name}`)
  return dialect
}

function candidateOf(name: string): Candidate {
  const dir = DIRS[name] ?? ''
  return { id: 'a', dir, tasks: `${dir}/tasks.md` }
}

/** The plan of a tasks.md, with other files of its folder by name. */
export function planOf(name: string, tasks: string, beside: Record<string, string> = {}): Plan {
  return dialectNamed(name).read(workspaceOf(name, tasks, beside), candidateOf(name))
}

export function workspaceOf(name: string, tasks: string, beside: Record<string, string> = {}) {
  const { dir, tasks: path } = candidateOf(name)
  const others = Object.entries(beside).map(([file, text]) => [`${dir}/${file}`, text])
  return memoryWorkspace({ ...Object.fromEntries(others), [path]: tasks })
}

/** The file after a task of it was finished. */
export function finished(name: string, tasks: string, id: string): string {
  const plan = planOf(name, tasks)
  const edits = dialectNamed(name).finish(workspaceOf(name, tasks), plan, taskIn(plan, id), AT)
  return applied(tasks, edits)
}

/** By id: the fields that most tests look at. */
export function brief({ tasks }: Plan, ...keys: (keyof Task)[]): Record<string, unknown[]> {
  return Object.fromEntries(tasks.map(task => [task.id, keys.map(key => task[key])]))
}
