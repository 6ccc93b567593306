import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import type { Candidate, WorkspaceReader } from '../../../src/dialects/dialect.ts'
import { specflow } from '../../../src/dialects/specflow/specflow.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applied, task } from '../plan-queries.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')

/** Names of all fixtures. */
export const fixtures: readonly string[] = readdirSync(FOLDER).sort()

const DIR = '.specify/specs/f-7-retry'
export const TASKS = `${DIR}/tasks.md`
const AT = '2026-03-04T05:06:07Z'

export function source(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

function candidate(dir = DIR): Candidate {
  return { id: dir.split('/').at(-1) ?? dir, dir, tasks: `${dir}/tasks.md` }
}

export function readText(text: string): Plan {
  return specflow.read(workspaceOf(text), candidate())
}

export function plan(name: string): Plan {
  return readText(source(name))
}

export function started(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specflow.start?.(workspaceOf(text), read, task(read, id), AT) ?? [])
}

export function finished(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specflow.finish(workspaceOf(text), read, task(read, id), AT))
}

export function reopened(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specflow.reopen(workspaceOf(text), read, task(read, id)))
}

function workspaceOf(text: string): WorkspaceReader {
  return memoryWorkspace({ [TASKS]: text })
}

/** A workspace whose database has these tables. */
export function workspaceWithTables(
  files: Readonly<Record<string, string>>,
  tables: Readonly<Record<string, Record<string, unknown>[]>> = {},
): WorkspaceReader {
  return { ...memoryWorkspace(files), rows: table => tables[table] ?? [] }
}
