import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import type { Detection } from './detection.ts'

/** What a token of a pattern matches. */
export type Slot =
  /** This token. */
  | { is: 'exactly'; text: string }
  /** A name that ends so, ignoring case: `server` also matches `httpServer`. */
  | { is: 'named'; text: string }
  /** Any name, number or string. */
  | { is: 'operand' }
  /** Any string, or one that begins so. */
  | { is: 'string'; begins?: string }
  /** The end of an argument: a comma or a closing parenthesis. */
  | { is: 'end' }

export type Pattern = readonly Slot[]

/** Patterns of code that looks like the gotcha's bad example; an empty list if it shows nothing to search for. */
export function patternsOf(gotcha: Gotcha, detection: Detection): Pattern[] {
  const bad = linesOf(gotcha.bad)
  const good = linesOf(gotcha.good).map(keyOf)
  const fromTerms = detection.present.flatMap(term => patternsOfTerm(term, bad))
  if (fromTerms.length > 0) return fromTerms
  const distinct = bad.filter(line => detection.absent.length > 0 || !good.includes(keyOf(line)))
  const calls = distinct.flatMap(line => (isCall(line) ? [callPattern(line)] : []))
  if (calls.length > 0) return calls
  return distinct.filter(line => line.length > 1).map(line => line.map(exactly))
}

/** The lines of an example as tokens, without comments and without lines that print. */
export function linesOf(code: string): Token[][] {
  const lines = code.split('\n').map(line => tokensOf(line.replace(/(^|\s)#\s.*$/, ''), ''))
  return lines.filter(
    line => line.length > 0 && !/^(console|print|puts)$/.test(line[0]?.text ?? ''),
  )
}

function keyOf(line: readonly Token[]): string {
  return line.map(({ text }) => text).join(' ')
}

/** The pattern of a term in the author's description. If there is a bad example, it must contain the term's first name too. */
function patternsOfTerm(term: string, bad: readonly Token[][]): Pattern[] {
  if (/^[/<][\w/:<>-]+$/.test(term)) return patternsOfPath(term, bad)
  const tokens = tokensOf(term, '')
  const names = tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)
  const namesInBad = bad.flat().map(({ text }) => text)
  const known = names.filter(name => !isPlaceholder(name))
  if (tokens.length < 2 || known.length === 0) return []
  if (bad.length > 0 && !namesInBad.includes(known[0] ?? '')) return []
  return [isCall(tokens) ? callPattern(tokens) : tokens.map(exactly)]
}

/** For a path such as `/public/`: a string that begins so, after the name that precedes such a string in the bad example. */
function patternsOfPath(term: string, bad: readonly Token[][]): Pattern[] {
  return bad.flatMap(line => {
    const at = line.findIndex(({ kind, text }) => kind === 'string' && text.includes(term))
    const before = line.slice(0, Math.max(at, 0)).findLastIndex(({ kind }) => kind === 'name')
    if (before < 0) return []
    const lead = line.slice(before, at).map(exactly)
    return [[...lead, { is: 'string' as const, begins: term }]]
  })
}

function isCall(tokens: readonly Token[]): boolean {
  return callStart(tokens) >= 0
}

/** The index of the first name that is called or has a member accessed; -1 if there is none. */
function callStart(tokens: readonly Token[]): number {
  return tokens.findIndex(
    ({ kind }, at) =>
      kind === 'name' && (isFollowedBy(tokens, at, '(') || isFollowedBy(tokens, at, '.')),
  )
}

function isFollowedBy(tokens: readonly Token[], at: number, sign: string): boolean {
  return tokens[at + 1]?.text === sign
}

/** From the start of the call to the end of its first argument. */
function callPattern(tokens: readonly Token[]): Pattern {
  const start = callStart(tokens)
  const slots: Slot[] = []
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (!token || isEllipsis(tokens, at)) break
    const slot = slotOf(tokens, at, at === start)
    slots.push(slot)
    if (slot.is === 'end') break
  }
  return slots
}

function slotOf(tokens: readonly Token[], at: number, isFirst: boolean): Slot {
  const { kind, text } = tokens[at] ?? { kind: 'sign', text: '' }
  const before = tokens[at - 1]?.text
  if (kind === 'string') return { is: 'string' }
  if (kind === 'number') return { is: 'operand' }
  if (kind === 'sign')
    return (text === ',' || text === ')') && before !== '('
      ? { is: 'end' }
      : { is: 'exactly', text }
  if (isPlaceholder(text)) return { is: 'operand' }
  if (isFirst && isFollowedBy(tokens, at, '.')) return { is: 'named', text }
  const isMember = isFollowedBy(tokens, at, '(') || isFollowedBy(tokens, at, '.') || before === '.'
  return isMember ? { is: 'exactly', text } : { is: 'operand' }
}

function isEllipsis(tokens: readonly Token[], at: number): boolean {
  const three = tokens.slice(at, at + 3).map(({ text }) => text)
  return three.join('') === '...' || tokens[at]?.text === '…'
}

/** Names in an example that match any name. */
function isPlaceholder(name: string): boolean {
  return /^(VAR|NAME|KEY|VALUE|XXX|X|Y|FOO|BAR|foo|bar|xxx|something)$/.test(name)
}

function exactly({ kind, text }: Token): Slot {
  return kind === 'string' ? { is: 'string' } : { is: 'exactly', text }
}
