import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CANDIDATE, readText, shelfWith } from '../../../scripts/corpus-shelf.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import { applyEdits, type Edit } from '../../../src/plan/edit.ts'
import type { Plan, Task } from '../../../src/plan/plan.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')

/** Names of all fixtures. */
export const fixtures: readonly string[] = readdirSync(FOLDER).sort()

export function source(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

export function plan(name: string): Plan {
  return readText(source(name))
}

/** The task that `id` names; a missing one fails the test. */
export function task(plan: Plan, id: string): Task {
  const found = plan.tasks.find(one => one.id === id)
  if (found === undefined) throw new Error(`no task ${id} among ${ids(plan).join(' ')}`)
  return found
}

export function ids(plan: Plan): string[] {
  return plan.tasks.map(({ id }) => id)
}

export function states(plan: Plan): string[] {
  return plan.tasks.map(({ id, carriers }) => `${id} ${carriers.map(one => one.state).join('+')}`)
}

export function finished(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specKit.finish(shelfOf(text), read, task(read, id), '2026-01-01T00:00:00Z'))
}

export function reopened(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specKit.reopen(shelfOf(text), read, task(read, id)))
}

function applied(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result === null) throw new Error('the file does not say what the edits expect')
  return result
}

function shelfOf(text: string) {
  return shelfWith({ [CANDIDATE.tasks]: text })
}
