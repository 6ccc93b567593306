import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import type { WorkspaceReader } from '../../../src/dialects/dialect.ts'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import { changesOf, type Change } from '../../../src/plan/edit.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applied, task } from '../plan-queries.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')
const PATH = 'docs/plans/2026-06-01-one.json'
const CANDIDATE = { id: '2026-06-01-one', dir: PATH, tasks: PATH }
const AT = '2026-07-01T08:30:00.000Z'

/** Names of all fixtures. */
export const fixtures: readonly string[] = readdirSync(FOLDER).sort()

export function source(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

export function plan(text: string): Plan {
  return jsonPlan.read(workspaceOf(text), CANDIDATE)
}

/** The JSON of an approved plan with these tasks; `root` adds or replaces other fields. */
export function jsonOf(tasks: unknown, root: Record<string, unknown> = {}): string {
  return JSON.stringify({ title: 'Plan', status: 'APPROVED', ...root, tasks }, null, 2)
}

export function readiness(text: string) {
  return jsonPlan.readiness?.(workspaceOf(text), plan(text))
}

export function finished(text: string, id: string): string {
  const read = plan(text)
  return applied(text, jsonPlan.finish(workspaceOf(text), read, task(read, id), AT))
}

/** What finishing the task writes, as the ledger records it. */
export function changesOfFinishing(text: string, id: string): Change[] {
  const read = plan(text)
  return changesOf(jsonPlan.finish(workspaceOf(text), read, task(read, id), AT))
}

/** The text with the task open again; `done` is what finishing it wrote. */
export function reopened(text: string, id: string, done?: readonly Change[]): string {
  const read = plan(text)
  return applied(text, jsonPlan.reopen(workspaceOf(text), read, task(read, id), done))
}

export function completed(text: string): string {
  return applied(text, jsonPlan.finishFeature?.(workspaceOf(text), plan(text), AT) ?? [])
}

export function parsed(text: string): unknown {
  return JSON.parse(text.replace(/^\u{feff}/u, ''))
}

function workspaceOf(text: string): WorkspaceReader {
  return memoryWorkspace({ [PATH]: text })
}
