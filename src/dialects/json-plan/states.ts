import type { Node } from 'jsonc-parser'
import type { Edit } from '../../plan/edit.ts'
import type { Marker, MarkState, Task } from '../../plan/plan.ts'
import { endOf, stringOf, valueOf } from './document.ts'
import { STATE_KEYS, type PlanFile } from './plan-file.ts'

/** Where a task keeps its state; empty when it has none. */
export function stateMarkers({ source, path, lineAt }: PlanFile, entry: Node): Marker[] {
  const key = STATE_KEYS.find(state => valueOf(entry, state) !== undefined)
  const value = key === undefined ? undefined : valueOf(entry, key)
  if (value === undefined) return []
  const [start, end] = [value.offset, endOf(value)]
  const text = source.slice(start, end)
  return [{ path, line: lineAt(start), text, state: stateOf(value), start, end }]
}

/** Only a boolean is written; words are the user's own. */
export function isWritable({ text }: Marker): boolean {
  return text === 'true' || text === 'false'
}

/** The edits that make every boolean of the task say `passes`. */
export function passesEdits(task: Task, passes: boolean): Edit[] {
  const to = String(passes)
  return task.markers
    .filter(marker => isWritable(marker) && marker.text !== to)
    .map(({ path, line, start, end, text }) => ({ path, line, start, end, from: text, to }))
}

/** A word for a state, however it is spelled: `in-progress`, `In Progress`, `IN_PROGRESS`. */
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
