import { backlog } from '../../../src/dialects/backlog/backlog.ts'
import type { Candidate } from '../../../src/dialects/dialect.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { applied as applyTo, task as taskIn } from '../plan-queries.ts'

export type Files = Record<string, string>

const CANDIDATE: Candidate = { id: 'backlog', dir: 'backlog/tasks', tasks: 'backlog/tasks' }
const AT = '2026-03-04T05:06:07.000Z'

/** A file with this front matter, a line each, and this body. */
export function file(front: readonly string[], body = ''): string {
  return `---\n${front.join('\n')}\n---\n${body}`
}

/** A task of the backlog: its file by its path. */
export function task(number: string, more: readonly string[] = [], body = ''): Files {
  const path = `backlog/tasks/task-${number} - A.md`
  return { [path]: file([`id: TASK-${number}`, `title: Add ${number}`, ...more], body) }
}

export function criteria(...lines: string[]): string {
  return `## Acceptance Criteria\n<!-- AC:BEGIN -->\n${lines.join('\n')}\n<!-- AC:END -->\n`
}

export function planOf(files: Files): Plan {
  return backlog.read(memoryWorkspace(files), CANDIDATE)
}

/** The files after a step on a task. */
export function after(files: Files, step: 'start' | 'finish' | 'reopen', id: string): Files {
  const reader = memoryWorkspace(files)
  const plan = planOf(files)
  const one = taskIn(plan, id)
  const edits =
    step === 'reopen'
      ? backlog.reopen(reader, plan, one)
      : (backlog[step]?.(reader, plan, one, AT) ?? [])
  const changed = { ...files }
  for (const path of new Set(edits.map(edit => edit.path)))
    changed[path] = applyTo(
      files[path] ?? '',
      edits.filter(edit => edit.path === path),
    )
  return changed
}
