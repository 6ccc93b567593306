import { SYMBOLS, markStateOf } from '../marks.ts'
import type { MarkState } from '../../plan/plan.ts'
import { BEHIND_IDS, LATER_THAN } from './dependency-words.ts'
import { withoutStruckParts } from './dropped.ts'

/** A mark at the start of a list item or heading. */
export interface Box {
  text: string
  state: MarkState
  /** Index in the line's text. */
  at: number
  /** The text after it. */
  rest: string
  /** Nobody has defined the sign in the brackets; the task counts as open. */
  isUnknown?: boolean
}

/** The mark at index `content` of a line, if there is one. */
export function boxAt(text: string, content: number): Box | undefined {
  const from = text.slice(content)
  const strike = STRIKE.exec(from)?.[0].length
  const inside = strike === undefined ? undefined : boxAt(text, content + strike)
  if (inside !== undefined) return { ...inside, rest: `~~${inside.rest}` }
  const number = NUMBER.exec(from)?.[0]
  const behind =
    number === undefined ? undefined : boxIn(from.slice(number.length), content + number.length)
  if (number !== undefined && behind !== undefined)
    return { ...behind, rest: `${number}${behind.rest}` }
  const box = boxIn(from, content)
  return box && text.slice(0, content).trimStart().startsWith('~~')
    ? { ...box, rest: `~~${box.rest}` }
    : box
}

function boxIn(from: string, content: number): Box | undefined {
  const mark = BRACKETS.exec(from)?.[0] ?? SYMBOLS.find(symbol => from.startsWith(`${symbol} `))
  const state = mark === undefined ? undefined : markStateOf(mark)
  if (mark === undefined || state === undefined) return unknownBoxAt(from, content)
  return { text: mark, state, at: content, rest: from.slice(mark.length).trim() }
}

/** A box with another sign than those that have a meaning, such as `[?]` or `[WIP]`. */
function unknownBoxAt(from: string, at: number): Box | undefined {
  const [text = '', sign = ''] = UNKNOWN.exec(from) ?? []
  const rest = from.slice(text.length).trim()
  const isSign = STATE_WORD.test(sign) || (/^[^PT]$/.test(sign) && TASK_ID.test(rest))
  if (text === '' || (!isSign && /[\p{L}\p{N}]/u.test(sign))) return undefined
  return { text, state: 'open', at, rest, isUnknown: true }
}

export interface TaskText {
  title: string
  parallel: boolean
  story: string | undefined
}

/** Parses a task line after its mark and its id. */
export function parseTaskText(rest: string): TaskText {
  const prose = rest.replaceAll(CODE, '')
  return {
    title: titleOf(rest),
    parallel: PARALLEL.test(prose) || PARENTHESIS.test(rest),
    story: STORY.exec(prose)?.[1],
  }
}

function titleOf(rest: string): string {
  const bare = withoutStruckParts(rest).replace(LEADING, '').replace(TRAILING, '')
  const title = outsideCode(bare, part => part.replaceAll(ANYWHERE, '')).trim()
  return stripMarkup(title === '' ? rest : title).replace(DEPENDENCIES, '')
}

function outsideCode(text: string, change: (part: string) => string): string {
  const parts = text.split(/(`[^`]*`)/)
  return parts.map((part, at) => (at % 2 === 0 ? change(part) : part)).join('')
}

/** The text without Markdown markup. The stars of patterns such as `src/**` and `*.ts` are not markup. */
export function stripMarkup(text: string): string {
  return text
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/^(✅|✔️?)\s+|\s+(✅|✔️?)$/gu, '')
    .replaceAll(/!?\[([^\]]{0,300})\]\([^)\s]{0,1000}\)/g, '$1')
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 0 ? withoutEmphasis(part) : part.slice(1, -1)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The signs of emphasis mean themselves in code, as in `__init__.py`. */
function withoutEmphasis(text: string): string {
  return text
    .replaceAll(/(?<!\/)\*\*(?!\/)|(?<=[\p{L}\p{N}.!?)])\*\*(?=\/)|~~|`/gu, '')
    .replaceAll(/(?<![\w/])__(\S(?:.*?\S)?)__(?![\w./])/g, '$1')
    .replaceAll(/(?<![\w*/])\*(\S(?:[^*]*[^\s*/])?)\*(?![\w*.])/g, '$1')
}

/** Dependencies in a title; they are in `dependsOn`. */
const DEPENDENCIES = new RegExp(
  String.raw`\s*[(（](?:(?:depends on|after|${LATER_THAN})\s*(?:tasks?\s+)?T-?\d[^)）]*|T-?\d[\w.-]*(?:[,、\s]+T-?\d[\w.-]*)*\s*(?:${BEHIND_IDS}))[)）]$`,
  'iu',
)
/** A number in front of a box, as in `- 1. [ ] Add` and `- 1.2 [x] Add`. */
const NUMBER =
  /^(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3})[ \t]{1,4}(?=\[[ xX~/>!-]\][ \t])/
/** What a struck line begins with, as in `- ~~[ ] Add~~`. */
const STRIKE = /^~~(?=\[)/
const BRACKETS = /^\[[^\]]{0,3}\](?=\s|$|\*\*|T\d)/
const UNKNOWN = /^\[\s?([^[\]]{1,16}?)\s?\](?=\s|$|\*\*)/u
const STATE_WORD =
  /^(wip|done|doing|to-?\s?do|in[- ]?progress|started|ongoing|blocked|skip(ped)?|deferred|postponed|pending|complete[d]?|finished|closed|open|cancell?ed|dropped|on[- ]?hold|partial(ly)?|failed|tbd|n\/a|ok|later|review|next)$/i
const TASK_ID = /^[*_`]*T-?\d/
const CODE = /`[^`]*`/g
const PARALLEL = /\[P(?:\s+with\s+[^\]]*)?\]/
const PARENTHESIS = /^\s*\(P\)(?=\s|$)/
const STORY = /\[(US[\w.+/-]*)\]/
/** Not the folder or file of a route, as in `[slug]/page.tsx`. */
const MARKER = String.raw`(?:\[(?!\.)[^\]\s][^\]]{0,24}\](?![(/.]|-\w)|\(P\))`
const LEADING = new RegExp(`^(?:[*_~\\s]*${MARKER}[*_~\\s]*[:：]?\\s*)+`)
const TRAILING = new RegExp(`(?:\\s+${MARKER})+\\s*$`)
const ANYWHERE = /\s*\[(?:P(?:\s+with\s+[^\]]*)?|US[\w.+/-]*)\](?!\()/g
