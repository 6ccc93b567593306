import { isMap, isScalar } from 'yaml'
import type { Edit } from '../../plan/edit.ts'
import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type Timestamp, type WorkspaceReader } from '../dialect.ts'
import { parseYamlMap } from '../yaml-map.ts'
import { MAX_LENGTH } from './places.ts'
import { isStory } from './story-names.ts'

/** A scalar of the status file. */
interface Entry {
  key: string
  value: string
  line: number
  /** UTF-16 offsets of the value as it is written, with quotes. */
  start: number
  end: number
}

/** The statuses of a sprint, in the order of the file. */
export interface SprintStatus {
  path: string
  source: string
  /** Epics, stories and retrospectives. */
  entries: Entry[]
  updated: Entry | undefined
  problems: Problem[]
}

/** Reads a `sprint-status.yaml`; throws `Unreadable` if it is not one. */
export function readSprintStatus(reader: WorkspaceReader, path: string): SprintStatus {
  const source = reader.read(path) ?? ''
  const yaml = parseYamlMap(source.replace(/^\u{feff}/u, ' '), MAX_LENGTH)
  if ('text' in yaml) throw new Unreadable(path, yaml.line, yaml.text)
  const statuses = yaml.root?.get('development_status', true)
  if (!isMap(statuses))
    throw new Unreadable(path, 1, `The file has no map "development_status". ${PLAN_SPRINT}`)
  const problems: Problem[] = []
  const entryOf = (name: unknown, node: unknown): Entry | undefined => {
    if (!isScalar(name) || !isScalar(node) || !node.range) return undefined
    const [start, end] = node.range
    const value = typeof node.value === 'string' ? node.value : source.slice(start, end)
    const line = yaml.lineAt(node)
    return { key: String(name.value), value: value.trim(), line, start, end }
  }
  const entries = statuses.items.flatMap(({ key, value }) => {
    const entry = entryOf(key, value)
    if (entry === undefined) {
      const text = 'This entry of "development_status" has no status, so it is not read.'
      problems.push({ path, line: yaml.lineAt(key), text, isUnread: true })
      return []
    }
    const known = { ...entry, value: normalized(entry.value) }
    if (isStory(known.key) && !KNOWN.has(known.value)) problems.push(unknown(path, known))
    return [known]
  })
  const [updated] = (yaml.root?.items ?? []).flatMap(({ key, value }) =>
    isScalar(key) && key.value === 'last_updated' ? (entryOf(key, value) ?? []) : [],
  )
  return { path, source, entries, updated, problems }
}

/** The edits that give a story, or its epic, another status, with the date of the change. */
export function statusEdits(
  sprint: SprintStatus,
  changes: ReadonlyMap<string, string>,
  at: Timestamp,
): Edit[] {
  const { path, source, entries, updated } = sprint
  const edit = ({ line, start, end }: Entry, word: string): Edit[] => {
    const from = source.slice(start, end)
    const quote = /^["']/.exec(from)?.[0] ?? ''
    const to = `${quote}${word}${quote}`
    return from === to ? [] : [{ path, line, start, end, from, to }]
  }
  const edits = entries.flatMap(entry => {
    const word = changes.get(entry.key)
    return word === undefined || entry.value === word ? [] : edit(entry, word)
  })
  const date = updated && dateLike(updated.value, at)
  return edits.length > 0 && updated && date !== undefined
    ? [...edits, ...edit(updated, date)]
    : edits
}

/** The date in the form that the file has; `undefined` for other forms. */
function dateLike(written: string, at: Timestamp): string | undefined {
  const [date, time] = [at.slice(0, 10), at.slice(11, 16)]
  const american = `${date.slice(5)}-${date.slice(0, 4)}`
  if (/^\d\d-\d\d-\d{4} \d\d:\d\d$/.test(written)) return `${american} ${time}`
  if (/^\d\d-\d\d-\d{4}$/.test(written)) return american
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(written)) return `${date} ${time}`
  return /^\d{4}-\d\d-\d\d$/.test(written) ? date : undefined
}

/** A status without case, and the words of earlier versions as those of the current one. */
export function normalized(status: string): string {
  const word = status
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  return EARLIER.get(word) ?? word
}

export function isKnownStatus(status: string): boolean {
  return status === DRAFT || KNOWN.has(status)
}

function unknown(path: string, { key, value, line }: Entry): Problem {
  const text = `${key} has the status "${value}", which BMAD does not know (${[...KNOWN].join(', ')}).`
  return { path, line, text, isUnread: true }
}

const KNOWN: ReadonlySet<string> = new Set([
  'backlog',
  'ready-for-dev',
  'in-progress',
  'review',
  'done',
])
/** In a story of BMAD v4 that nobody has approved. */
const DRAFT = 'draft'
const EARLIER: ReadonlyMap<string, string> = new Map([
  ['ready', 'ready-for-dev'],
  ['ready-for-development', 'ready-for-dev'],
  ['inprogress', 'in-progress'],
  ['in-review', 'review'],
  ['complete', 'done'],
  ['drafted', 'ready-for-dev'],
  ['contexted', 'in-progress'],
  ['approved', 'ready-for-dev'],
  ['ready-for-review', 'review'],
  ['completed', 'done'],
])
const PLAN_SPRINT = 'Run the sprint planning of BMAD.'
