import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import type { WorkspaceReader } from '../../../src/dialects/dialect.ts'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { applyEdits, type Edit } from '../../../src/plan/edit.ts'
import type { Plan, Phase } from '../../../src/plan/plan.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')
export const AT = '2026-11-20T19:13:02.123Z'

export type Files = Record<string, string>

/** Names of all fixtures. */
export const fixtures: readonly string[] = readdirSync(FOLDER).sort()

export function source(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

/** A storage component with its registry and documents. */
export function storage(plan: string, more: Files = {}): Files {
  return {
    'storage-conductor/tracks.md': TABLE,
    'storage-conductor/workflow.md': SCHEMA_FIRST,
    'storage-conductor/storage-standards.md': '# Standards\n',
    'storage-conductor/tech-stack.md': '# Stack\n',
    [`${STORAGE}/spec.md`]: '# Spec\n',
    [`${STORAGE}/plan.md`]: plan,
    [`${STORAGE}/metadata.json`]: METADATA,
    ...more,
  }
}

/** A track of Gemini CLI's conductor with its registry and documents. */
export function track(plan: string, more: Files = {}): Files {
  return {
    'conductor/tracks.md': REGISTRY,
    [`${TRACK}/spec.md`]: '# Spec\n',
    [`${TRACK}/plan.md`]: plan,
    [`${TRACK}/metadata.json`]: TRACK_METADATA,
    ...more,
  }
}

export function around(name: string): (plan: string) => Files {
  return name.includes('table') ? plan => storage(plan) : plan => track(plan)
}

export function workspaceOf(files: Files): WorkspaceReader {
  return memoryWorkspace(files)
}

/** The plan of the active feature. */
export function planOf(files: Files): Plan {
  const reader = workspaceOf(files)
  const active = conductor.active(reader)
  if (!('found' in active)) throw new Error(JSON.stringify(active))
  return conductor.read(reader, active.found)
}

export function phase(plan: Plan, number: number): Phase {
  const found = plan.phases[number - 1]
  if (found === undefined) throw new Error(`no phase ${number}`)
  return found
}

/** Applies edits to the files; throws if an edit does not match. */
export function applied(files: Files, edits: readonly Edit[]): Files {
  const changed = { ...files }
  for (const path of new Set(edits.map(edit => edit.path))) {
    const own = edits.filter(edit => edit.path === path)
    const result = applyEdits(files[path] ?? '', own)
    if (result === null) throw new Error(`the edits do not match ${path}`)
    changed[path] = result
  }
  return changed
}

/** The changed lines, as `path: line`. */
export function differences(before: Files, after: Files): string[] {
  return Object.keys(after).flatMap(path => {
    const [old, changed] = [(before[path] ?? '').split('\n'), (after[path] ?? '').split('\n')]
    const name = path.slice(path.lastIndexOf('/') + 1)
    const added = changed.length - old.length
    if (added === 0)
      return changed.flatMap((line, at) => (line === old[at] ? [] : [`${name}: ${line.trim()}`]))
    return changed.filter(line => !old.includes(line)).map(line => `${name}: + ${line.trim()}`)
  })
}

export const STORAGE = 'storage-conductor/storages/storage-vault-001'
export const TRACK = 'conductor/tracks/tides_20260301'

const TABLE = `# Storage Components

| Storage ID | Title | Backend | Status | Created Date | Updated Date |
|------------|-------|---------|--------|--------------|--------------|
| storage-vault-001 | Seed vault | SQLite  | Planning | 2026-03-01 | 2026-03-02 |
| storage-old-001 | Old \\| cabinet | files | Completed | 2026-01-01 | 2026-02-01 |
| | | | | | |

## Status Definitions

- **Planning**: not begun

## Statistics

- **Total**: 7
- **Planning**: 1
- **In Progress**: 0
- **Completed**: 1
`

const METADATA = `{
  "id": "storage-vault-001",
  "title": "Seed \\u00fcber vault",
  "status": "Planning",
  "created": "2026-03-01T08:00:00Z",
  "updated":"2026-03-02T08:00:00Z"
}
`

export const REGISTRY = `# Project Tracks

---

- [x] **Track: Moon phases**
*Link: [./tracks/moon_20260101/](./tracks/moon_20260101/)*

---

- [ ] **Track: Tide table**
*Link: [./tracks/tides_20260301/](./tracks/tides_20260301/)*
`

const TRACK_METADATA = `{"track_id": "tides_20260301", "status": "new", "updated_at": "2026-03-01T10:00:00.000Z"}`

const SCHEMA_FIRST = `# Workflow

## Testing Approach
- **Primary Approach**: Schema-first development with comprehensive testing

## Migration Strategy
- **Primary Approach**: Versioned migrations

## Commit Strategy
- **Format**: Conventional Commits, with \`migration\` and \`perf\` as extra types
- **Commit Frequency**: Commit after each task completion
`
