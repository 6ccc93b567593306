import { SYMBOLS, markStateOf } from '../marks.ts'
import type { MarkState } from '../../plan/plan.ts'

/** A mark in a line: where it stands in the text and what it says. */
export interface Box {
  text: string
  state: MarkState
  /** Index in the line's text. */
  at: number
  /** What follows it. */
  rest: string
}

/** The mark that a list item or a heading begins with. */
export function boxAt(text: string, content: number): Box | undefined {
  const from = text.slice(content)
  const mark = BRACKETS.exec(from)?.[0] ?? SYMBOLS.find(symbol => from.startsWith(`${symbol} `))
  if (mark === undefined) return undefined
  const state = markStateOf(mark)
  if (state === undefined) return undefined
  return { text: mark, state, at: content, rest: from.slice(mark.length).trim() }
}

export interface TaskText {
  title: string
  parallel: boolean
  story: string | undefined
}

/** What a task line says once its mark and its id are taken off. */
export function parseTaskText(rest: string): TaskText {
  const prose = rest.replaceAll(CODE, '')
  return {
    title: titleOf(rest),
    parallel: PARALLEL.test(prose) || PARENTHESIS.test(rest),
    story: STORY.exec(prose)?.[1],
  }
}

/** The author has struck the text out. */
export function isStruckOut(rest: string): boolean {
  return /^[*_\s]*~~/.test(rest)
}

function titleOf(rest: string): string {
  const bare = rest.replace(LEADING, '').replace(TRAILING, '')
  const spoken = outsideCode(bare, part => part.replaceAll(ANYWHERE, '')).trim()
  return stripMarkup(spoken === '' ? rest : spoken).replace(WAITING, '')
}

function outsideCode(text: string, change: (part: string) => string): string {
  const parts = text.split(/(`[^`]*`)/)
  return parts.map((part, at) => (at % 2 === 0 ? change(part) : part)).join('')
}

/** Text without its markup. */
export function stripMarkup(text: string): string {
  return text
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/^(✅|✔️?)\s+|\s+(✅|✔️?)$/gu, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/\*\*|~~|`/g, '')
    .replaceAll(/(?<![\w/])__(\S(?:.*?\S)?)__(?![\w.])/g, '$1')
    .replaceAll(/(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** What a title says of its dependencies stands in `dependsOn`. */
const WAITING = /\s*\((?:depends on|after)\s+(?:tasks?\s+)?T-?\d[^)]*\)$/i
const BRACKETS = /^\[[^\]]{0,3}\](?=\s|$|\*\*|T\d)/
const CODE = /`[^`]*`/g
const PARALLEL = /\[P(?:\s+with\s+[^\]]*)?\]/
const PARENTHESIS = /^\s*\(P\)(?=\s|$)/
const STORY = /\[(US[\w.+/-]*)\]/
const MARKER = String.raw`(?:\[[^\]\s][^\]]{0,24}\](?!\()|\(P\))`
const LEADING = new RegExp(`^(?:[*_~\\s]*${MARKER}[*_~\\s]*[:：]?\\s*)+`)
const TRAILING = new RegExp(`(?:\\s+${MARKER})+\\s*$`)
const ANYWHERE = /\s*\[(?:P(?:\s+with\s+[^\]]*)?|US[\w.+/-]*)\](?!\()/g
