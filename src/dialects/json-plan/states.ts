import type { Node } from 'jsonc-parser'
import type { Edit } from '../../plan/edit.ts'
import type { Marker, MarkState, Task } from '../../plan/plan.ts'
import { endOf, stringOf, valueOf } from '../json-document.ts'
import { STATE_KEYS, type PlanFile } from './plan-file.ts'

/** The marker that holds the state of a task; empty if it has none. */
export function stateMarkers({ source, path, lineAt }: PlanFile, entry: Node): Marker[] {
  const key = STATE_KEYS.find(state => valueOf(entry, state) !== undefined)
  const value = key === undefined ? undefined : valueOf(entry, key)
  if (value === undefined) return []
  const [start, end] = [value.offset, endOf(value)]
  const text = source.slice(start, end)
  return [{ path, line: lineAt(start), text, state: stateOf(value), start, end }]
}

/** Whether the server may change the marker: it writes booleans, but not other values. */
export function isWritable({ text }: Marker): boolean {
  return text === 'true' || text === 'false'
}

/** The edits that set every boolean marker of the task to `passes`. */
export function passesEdits(task: Task, passes: boolean): Edit[] {
  const to = String(passes)
  return task.markers
    .filter(marker => isWritable(marker) && marker.text !== to)
    .map(({ path, line, start, end, text }) => ({ path, line, start, end, from: text, to }))
}

/** Parses a state in any spelling: `in-progress`, `In Progress`, `IN_PROGRESS`. Unknown words mean `open`. */
export function parseState(word: string): MarkState {
  return (
    WORDS.get(
      word
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_'),
    ) ?? 'open'
  )
}

function stateOf(node: Node): MarkState {
  const word = stringOf(node)
  if (word !== undefined) return parseState(word)
  const value: unknown = node.value
  return value === true || value === 1 ? 'done' : 'open'
}

const WORDS: ReadonlyMap<string, MarkState> = new Map([
  ...['true', 'yes', 'done', 'complete', 'completed', 'finished', 'closed', 'shipped'].map(done),
  ...['pass', 'passes', 'passed', 'passing', 'verified', 'implemented', 'merged'].map(done),
  ...['in_progress', 'inprogress', 'doing', 'started', 'active', 'wip', 'in_review'].map(doing),
  ...['blocked', 'skipped', 'deferred', 'on_hold', 'dropped', 'obsolete', 'rejected'].map(other),
  ...['cancelled', 'canceled', 'wontfix', 'wont_fix', 'postponed'].map(other),
])

function done(word: string): [string, MarkState] {
  return [word, 'done']
}

function doing(word: string): [string, MarkState] {
  return [word, 'doing']
}

function other(word: string): [string, MarkState] {
  return [word, 'other']
}
