import type { MarkState } from '../../plan/plan.ts'
import { doneMark, openMark, markStateOf } from '../marks.ts'
import { mostCommon } from '../most-common.ts'

/** The state in a status, such as a cell of a table, written as a word, a symbol or both; `undefined` if it is not a state. */
export function parseStatus(status: string): MarkState | undefined {
  const bare = status.replaceAll(/\*\*|`/g, '').trim()
  const struck = /^~~(.*)~~$/.exec(bare)?.[1]
  // An open task that is struck out has been dropped.
  if (struck !== undefined) return parseStatus(struck) === 'done' ? 'done' : 'other'
  if (/^[-–—]*$/.test(bare)) return 'open'
  const found = STATE_PATTERNS.find(({ pattern }) => pattern.test(bare.replace(NO_LETTERS, '')))
  return found?.state ?? stateOfSymbol(bare)
}

/** The text for `done` in the style of the file: as elsewhere in it, else the counterpart of `current`, else `usual`. */
export function doneStatus(current: string, others: readonly string[], usual = '☑'): string {
  return mostCommonFor('done', others) ?? counterpart(current, DONE_WORDS, doneSymbol) ?? usual
}

/** The text for `open` in the style of the file. */
export function openStatus(current: string, others: readonly string[], usual = '☐'): string {
  return mostCommonFor('open', others) ?? counterpart(current, OPEN_WORDS, openSymbol) ?? usual
}

/** The text for `in progress`, if it has one elsewhere. */
export function doingStatus(others: readonly string[]): string | undefined {
  return mostCommonFor('doing', others)
}

function mostCommonFor(state: MarkState, texts: readonly string[]): string | undefined {
  return mostCommon(texts.filter(text => text.length <= MAX_LENGTH && parseStatus(text) === state))
}

function stateOfSymbol(bare: string): MarkState | undefined {
  const symbol = /^(\[.?\]|\S+)/u.exec(bare)?.[0] ?? ''
  return markStateOf(symbol) ?? SYMBOLS.get(symbol.replace('\ufe0f', ''))
}

function counterpart(
  current: string,
  counterparts: ReadonlyMap<string, string>,
  symbolOf: (symbol: string) => string,
): string | undefined {
  const [, mark = '', word = ''] = /^(\S*?)\s*([\p{L}][\p{L} _-]*)?$/u.exec(current.trim()) ?? []
  if (current.trim().startsWith('[')) return symbolOf(current.trim())
  const other = counterparts.get(word.toLowerCase())
  if (word !== '' && other === undefined) return undefined
  const symbol = /^[-–—]*$/.test(mark) ? '' : symbolOf(mark)
  const parts = [symbol, other === undefined ? '' : inCaseOf(word, other)]
  return parts.filter(part => part !== '').join(' ') || undefined
}

function doneSymbol(symbol: string): string {
  return SYMBOLS.has(symbol.replace('\ufe0f', '')) ? '✅' : doneMark(['[x]'], symbol)
}

/** In tables, the counterpart of a green tick is an empty box; in lists it is a white square. */
function openSymbol(symbol: string): string {
  return symbol === '✅' ? '☐' : openMark(symbol)
}

function inCaseOf(model: string, word: string): string {
  if (model.length > 1 && model === model.toUpperCase()) return word.toUpperCase()
  const first = model.slice(0, 1)
  return first === first.toUpperCase() ? word.slice(0, 1).toUpperCase() + word.slice(1) : word
}

/** A longer text contains more than a state. */
const MAX_LENGTH = 20
const NO_LETTERS = /^[^\p{L}]+/u

const STATE_PATTERNS: readonly { state: MarkState; pattern: RegExp }[] = [
  { state: 'done', pattern: /^(done|completed?|finished|implemented)\b/i },
  {
    state: 'open',
    pattern: /^(pending|to-? ?do|open|ready|queued|planned|waiting|incomplete|not \w+)\b/i,
  },
  {
    state: 'doing',
    pattern: /^(in[ _-]?progress|doing|started|wip|active|ongoing|partial(ly)?)\b/i,
  },
  {
    state: 'other',
    pattern:
      /^(skip(ped)?|deferred|blocked|cancell?ed|n\/a|dropped|obsolete|duplicate|superseded)\b/i,
  },
]

const SYMBOLS: ReadonlyMap<string, MarkState> = new Map<string, MarkState>([
  ['🔄', 'doing'],
  ['🚧', 'doing'],
  ['◐', 'doing'],
  ['⏳', 'open'],
  ['○', 'open'],
  ['🔲', 'open'],
  ['●', 'done'],
  ['⏭', 'other'],
  ['⏸', 'other'],
  ['⊘', 'other'],
  ['🚫', 'other'],
])

const DONE_WORDS: ReadonlyMap<string, string> = new Map([
  ['pending', 'completed'],
  ['not started', 'completed'],
  ['in progress', 'completed'],
  ['in_progress', 'completed'],
  ['todo', 'done'],
  ['to do', 'done'],
  ['open', 'done'],
])

const OPEN_WORDS: ReadonlyMap<string, string> = new Map([
  ['completed', 'pending'],
  ['complete', 'pending'],
  ['finished', 'pending'],
  ['done', 'todo'],
  ['in progress', 'pending'],
  ['in_progress', 'pending'],
])
