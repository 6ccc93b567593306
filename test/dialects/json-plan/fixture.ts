import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { shelfWith } from '../../../scripts/corpus-shelf.ts'
import type { Shelf } from '../../../src/dialects/dialect.ts'
import { jsonPlan } from '../../../src/dialects/json-plan/json-plan.ts'
import { applyEdits, type Edit } from '../../../src/plan/edit.ts'
import type { Plan, Task } from '../../../src/plan/plan.ts'

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
  return jsonPlan.read(shelfOf(text), CANDIDATE, 'given')
}

/** A plan of these tasks, or of this root, with everything around them. */
export function made(tasks: unknown, root: Record<string, unknown> = {}): string {
  return JSON.stringify({ title: 'Made', status: 'APPROVED', ...root, tasks }, null, 2)
}

export function task(plan: Plan, id: string): Task {
  const found = plan.tasks.find(one => one.id === id)
  if (found === undefined) throw new Error(`no task ${id}`)
  return found
}

export function ids(plan: Plan): string[] {
  return plan.tasks.map(({ id }) => id)
}

export function readiness(text: string) {
  return jsonPlan.readiness?.(shelfOf(text), plan(text))
}

export function finished(text: string, id: string): string {
  const read = plan(text)
  return applied(text, jsonPlan.finish(shelfOf(text), read, task(read, id), AT))
}

export function reopened(text: string, id: string): string {
  const read = plan(text)
  return applied(text, jsonPlan.reopen(shelfOf(text), read, task(read, id)))
}

export function completed(text: string): string {
  return applied(text, jsonPlan.finishFeature?.(shelfOf(text), plan(text), AT) ?? [])
}

export function parsed(text: string): unknown {
  return JSON.parse(text.replace(/^\u{feff}/u, ''))
}

/** How a text may be stored without saying anything else. */
export const STORED: Record<string, (text: string) => string> = {
  LF: text => text,
  CRLF: text => text.replaceAll('\n', '\r\n'),
  'a byte order mark': text => `\ufeff${text}`,
  'a byte order mark and CRLF': text => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  'no final newline': text => text.trimEnd(),
}

function applied(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result === null) throw new Error('the file does not say what the edits expect')
  return result
}

function shelfOf(text: string): Shelf {
  return shelfWith({ [PATH]: text })
}
