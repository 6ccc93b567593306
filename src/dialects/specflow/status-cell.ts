import type { MarkState } from '../../plan/plan.ts'
import { doneMark, openMark, markStateOf } from '../marks.ts'
import { mostCommon } from './cell-edits.ts'

/** What a status cell says, in a word, a symbol or both; `undefined` when that is no state. */
export function parseStatusCell(cell: string): MarkState | undefined {
  const bare = cell.replaceAll(/\*\*|`/g, '').trim()
  const struck = /^~~(.*)~~$/.exec(bare)?.[1]
  // Who strikes an open task out has dropped it.
  if (struck !== undefined) return parseStatusCell(struck) === 'done' ? 'done' : 'other'
  if (/^[-–—]*$/.test(bare)) return 'open'
  const found = WORDS.find(({ words }) => words.test(bare.replace(NO_LETTERS, '')))
  return found?.state ?? stateOfSymbol(bare)
}

/** How the file says `done`: as its other cells do, else by the counterpart of `mine`. */
export function doneStatus(mine: string, others: readonly string[]): string {
  return inState('done', others) ?? counterpart(mine, DONE_WORDS, doneSymbol) ?? '☑'
}

/** How the file says `open`. */
export function openStatus(mine: string, others: readonly string[]): string {
  return inState('open', others) ?? counterpart(mine, OPEN_WORDS, openSymbol) ?? '☐'
}

/** How the file says `in progress`, if it does anywhere. */
export function doingStatus(others: readonly string[]): string | undefined {
  return inState('doing', others)
}

function inState(state: MarkState, texts: readonly string[]): string | undefined {
  return mostCommon(texts.filter(text => text.length <= LONGEST && parseStatusCell(text) === state))
}

function stateOfSymbol(bare: string): MarkState | undefined {
  const symbol = /^(\[.?\]|\S+)/u.exec(bare)?.[0] ?? ''
  return markStateOf(symbol) ?? SYMBOLS.get(symbol.replace('\ufe0f', ''))
}

function counterpart(
  mine: string,
  words: ReadonlyMap<string, string>,
  symbolOf: (symbol: string) => string,
): string | undefined {
  const [, mark = '', word = ''] = /^(\S*?)\s*([\p{L}][\p{L} _-]*)?$/u.exec(mine.trim()) ?? []
  if (mine.trim().startsWith('[')) return symbolOf(mine.trim())
  const other = words.get(word.toLowerCase())
  if (word !== '' && other === undefined) return undefined
  const symbol = /^[-–—]*$/.test(mark) ? '' : symbolOf(mark)
  const parts = [symbol, other === undefined ? '' : inCaseOf(word, other)]
  return parts.filter(part => part !== '').join(' ') || undefined
}

function doneSymbol(symbol: string): string {
  return SYMBOLS.has(symbol.replace('\ufe0f', '')) ? '✅' : doneMark(['[x]'], symbol)
}

/** Tables have empty boxes for their green ticks, where lists have white squares. */
function openSymbol(symbol: string): string {
  return symbol === '✅' ? '☐' : openMark(symbol)
}

function inCaseOf(like: string, word: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase()
  const first = like.slice(0, 1)
  return first === first.toUpperCase() ? word.slice(0, 1).toUpperCase() + word.slice(1) : word
}

/** A longer cell tells more than a state. */
const LONGEST = 20
const NO_LETTERS = /^[^\p{L}]+/u

const WORDS: readonly { state: MarkState; words: RegExp }[] = [
  { state: 'done', words: /^(done|completed?|finished|implemented)\b/i },
  {
    state: 'open',
    words: /^(pending|to-? ?do|open|ready|queued|planned|waiting|incomplete|not \w+)\b/i,
  },
  { state: 'doing', words: /^(in[ _-]?progress|doing|started|wip|active|ongoing|partial(ly)?)\b/i },
  {
    state: 'other',
    words:
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
