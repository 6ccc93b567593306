import type { Token } from './code-tokens.ts'
import type { Pattern, Slot } from './pattern.ts'

export interface TokenMatch {
  line: number
  /** Index of its first token. */
  start: number
  /** The names that matched an operand. */
  operands: string[]
  /** The matched tokens, separated by spaces. */
  text: string
}

export function matchesOf(pattern: Pattern, tokens: readonly Token[]): TokenMatch[] {
  return tokens.flatMap(({ line }, start) => {
    const operands: string[] = []
    let at = start
    for (const slot of pattern) {
      const end = slotEnd(slot, tokens, at)
      if (end === undefined) return []
      if (slot.is === 'operand' && tokens[at]?.kind === 'name')
        operands.push(tokens[at]?.text ?? '')
      at = end
    }
    const text = tokens
      .slice(start, at)
      .map(({ text }) => text)
      .join(' ')
    return [{ line, start, operands, text }]
  })
}

/** The index after the tokens that match a slot; `undefined` if none match. */
function slotEnd(slot: Slot, tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  if (!token) return undefined
  const { kind, text } = token
  switch (slot.is) {
    case 'exactly':
      return kind !== 'string' && text === slot.text ? at + 1 : undefined
    case 'named':
      return kind === 'name' && text.toLowerCase().endsWith(slot.text.toLowerCase())
        ? at + 1
        : undefined
    case 'string':
      return kind === 'string' && text.startsWith(slot.begins ?? '') ? at + 1 : undefined
    case 'end':
      return text === ',' || text === ')' ? at + 1 : undefined
    case 'operand':
      return kind === 'sign' ? undefined : operandEnd(tokens, at)
  }
}

/** `config.folder` is one operand. */
function operandEnd(tokens: readonly Token[], at: number): number {
  let end = at + 1
  while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') end += 2
  return end
}
