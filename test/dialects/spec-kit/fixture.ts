import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CANDIDATE, readText, memoryWorkspace } from '../../kit/memory-workspace.ts'
import { specKit } from '../../../src/dialects/spec-kit/spec-kit.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { applied, task } from '../plan-queries.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')

/** Names of all fixtures. */
export const fixtures: readonly string[] = readdirSync(FOLDER).sort()

export function source(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

export function plan(name: string): Plan {
  return readText(source(name))
}

export function finished(text: string, id: string): string {
  const read = readText(text)
  return applied(
    text,
    specKit.finish(workspaceOf(text), read, task(read, id), '2026-01-01T00:00:00Z'),
  )
}

export function reopened(text: string, id: string): string {
  const read = readText(text)
  return applied(text, specKit.reopen(workspaceOf(text), read, task(read, id)))
}

function workspaceOf(text: string) {
  return memoryWorkspace({ [CANDIDATE.tasks]: text })
}
