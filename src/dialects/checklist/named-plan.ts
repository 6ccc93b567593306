import { parse } from 'jsonc-parser'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { withinStack } from '../../plan/within-stack.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { textOrEmpty } from '../text-or-empty.ts'

/** The file that a human named as `plan` in the settings, the only entry that is read here. Whether it exists is another question. */
export function namedPlan(reader: WorkspaceReader): Candidate | undefined {
  const text = textOrEmpty(reader, SETTINGS_FILE)
  if (!text.includes('"plan"')) return undefined
  const settings: unknown = withinStack(() => parse(text, [], { allowTrailingComma: true }))
  if (typeof settings !== 'object' || settings === null || !('plan' in settings)) return undefined
  return typeof settings.plan === 'string' ? candidateAt(settings.plan) : undefined
}

/** The plan in a file: its path is its folder too, and its name without the extension its id. */
export function candidateAt(named: string): Candidate {
  const tasks = named
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
  const id = (tasks.split('/').at(-1) ?? tasks).replace(/\.(md|markdown)$/i, '')
  return { id, dir: tasks, tasks }
}
