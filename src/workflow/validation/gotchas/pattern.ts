import type { Gotcha } from '../../../plan/gotcha.ts'
import { tokensOf, type Token } from './code-tokens.ts'
import type { Detection } from './detection.ts'

/** One place of a pattern: a token as it is, or any of a kind. */
export type Slot =
  | { is: 'exactly'; text: string }
  /** The last part of a receiver's name, so that `server` finds `httpServer`. */
  | { is: 'named'; text: string }
  | { is: 'operand' }
  | { is: 'string'; begins?: string }
  /** The end of an argument. */
  | { is: 'end' }

export type Pattern = readonly Slot[]

/** What of a project's code looks like the bad example; empty where the entry shows nothing that can be searched for. */
export function patternsOf(gotcha: Gotcha, detection: Detection): Pattern[] {
  const bad = linesOf(gotcha.bad)
  const good = linesOf(gotcha.good).map(keyOf)
  const named = detection.present.flatMap(term => ofTerm(term, bad))
  if (named.length > 0) return named
  const distinct = bad.filter(line => detection.absent.length > 0 || !good.includes(keyOf(line)))
  const calls = distinct.flatMap(line => (isCall(line) ? [ofCall(line)] : []))
  if (calls.length > 0) return calls
  return distinct.filter(line => line.length > 1).map(line => line.map(exactly))
}

/** Lines of an example as tokens, without those that only show what happens. */
export function linesOf(code: string): Token[][] {
  const shown = code.split('\n').map(line => tokensOf(line.replace(/(^|\s)#\s.*$/, ''), ''))
  return shown.filter(
    line => line.length > 0 && !/^(console|print|puts)$/.test(line[0]?.text ?? ''),
  )
}

function keyOf(line: readonly Token[]): string {
  return line.map(({ text }) => text).join(' ')
}

/** A term of the author's words counts when the bad example, if there is one, has its names too. */
function ofTerm(term: string, bad: readonly Token[][]): Pattern[] {
  if (/^[/<][\w/:<>-]+$/.test(term)) return ofPath(term, bad)
  const tokens = tokensOf(term, '')
  const names = tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)
  const shown = bad.flat().map(({ text }) => text)
  const known = names.filter(name => !isPlaceholder(name))
  if (tokens.length < 2 || known.length === 0) return []
  if (bad.length > 0 && !shown.includes(known[0] ?? '')) return []
  return [isCall(tokens) ? ofCall(tokens) : tokens.map(exactly)]
}

/** `/public/`: a string that begins so, behind a name that the bad example has before such a string. */
function ofPath(term: string, bad: readonly Token[][]): Pattern[] {
  return bad.flatMap(line => {
    const at = line.findIndex(({ kind, text }) => kind === 'string' && text.includes(term))
    const before = line.slice(0, Math.max(at, 0)).findLastIndex(({ kind }) => kind === 'name')
    if (before < 0) return []
    const lead = line.slice(before, at).map(exactly)
    return [[...lead, { is: 'string' as const, begins: term }]]
  })
}

function isCall(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ kind }, at) => kind === 'name' && (follows(tokens, at, '(') || follows(tokens, at, '.')),
  )
}

function follows(tokens: readonly Token[], at: number, sign: string): boolean {
  return tokens[at + 1]?.text === sign
}

/** From the first name that is called or asked for something up to the end of its first argument. */
function ofCall(tokens: readonly Token[]): Pattern {
  const start = tokens.findIndex(
    ({ kind }, at) => kind === 'name' && (follows(tokens, at, '(') || follows(tokens, at, '.')),
  )
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

function slotOf(tokens: readonly Token[], at: number, first: boolean): Slot {
  const { kind, text } = tokens[at] ?? { kind: 'sign', text: '' }
  const before = tokens[at - 1]?.text
  if (kind === 'string') return { is: 'string' }
  if (kind === 'number') return { is: 'operand' }
  if (kind === 'sign')
    return (text === ',' || text === ')') && before !== '('
      ? { is: 'end' }
      : { is: 'exactly', text }
  if (isPlaceholder(text)) return { is: 'operand' }
  if (first && follows(tokens, at, '.')) return { is: 'named', text }
  const called = follows(tokens, at, '(') || follows(tokens, at, '.') || before === '.'
  return called ? { is: 'exactly', text } : { is: 'operand' }
}

function isEllipsis(tokens: readonly Token[], at: number): boolean {
  const three = tokens.slice(at, at + 3).map(({ text }) => text)
  return three.join('') === '...' || tokens[at]?.text === '…'
}

/** Names that stand for any name. */
function isPlaceholder(name: string): boolean {
  return /^(VAR|NAME|KEY|VALUE|XXX|X|Y|FOO|BAR|foo|bar|xxx|something)$/.test(name)
}

function exactly({ kind, text }: Token): Slot {
  return kind === 'string' ? { is: 'string' } : { is: 'exactly', text }
}
