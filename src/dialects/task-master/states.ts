import type { Node } from 'jsonc-parser'
import type { Marker, MarkState } from '../../plan/plan.ts'
import { endOf, membersOf, stringOf, valueOf } from '../json-document.ts'
import { parsedJson } from '../parsed-json.ts'
import type { TaskFile } from './task-file.ts'

/** The marker that holds the state of a task. If the task has no status, it is empty and where one is inserted. */
export function stateMarker(file: TaskFile, entry: Node): Marker {
  const { path, source, lineAt } = file
  const value = valueOf(entry, 'status')
  const start = value?.offset ?? insertionAt(entry)
  const end = value === undefined ? start : endOf(value)
  const text = source.slice(start, end)
  return { path, line: lineAt(start), text, state: stateOf(text), start, end }
}

/** The state that a status shows; `open` for words that task-master does not know. */
function stateOf(text: string): MarkState {
  return STATES.get(wordIn(text)) ?? 'open'
}

/** Whether task-master knows the status. A task without one is pending. */
export function isKnown({ text }: Marker): boolean {
  return text === '' || STATES.has(wordIn(text))
}

/** A task that is blocked waits for a human. */
export function isBlocked({ text }: Marker): boolean {
  return wordIn(text) === 'blocked'
}

/** Is a group over as far as this part decides? The author has dropped a cancelled part. */
export function isOver({ text, state }: Marker): boolean {
  return state === 'done' || CANCELLED.test(wordIn(text))
}

/** Has the task something to do, without regard to its sub-tasks? */
export function isOpen(entry: Node): boolean {
  const state = STATES.get(normalized(stringOf(valueOf(entry, 'status')) ?? 'pending'))
  return state !== 'done' && state !== 'other'
}

/** A new status comes before the member that follows the title, or before the first. */
function insertionAt(entry: Node): number {
  const members = membersOf(entry)
  const title = members.findIndex(({ key }) => key === 'title')
  const next = members[title + 1] ?? members[0]
  return next?.start ?? entry.offset + 1
}

/** The word of a status in JSON. */
function wordIn(text: string): string {
  const value = text === '' ? '' : parsedJson(text)
  return normalized(typeof value === 'string' ? value : text)
}

function normalized(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
}

const CANCELLED = /^cancell?ed$/
const STATES: ReadonlyMap<string, MarkState> = new Map([
  ['', 'open'],
  ['pending', 'open'],
  ['blocked', 'open'],
  ['in-progress', 'doing'],
  ['review', 'doing'],
  ['done', 'done'],
  ['completed', 'done'],
  ['deferred', 'other'],
  ['cancelled', 'other'],
  ['canceled', 'other'],
])
