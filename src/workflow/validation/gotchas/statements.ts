import type { Token } from './code-tokens.ts'

/**
 * The number of the statement that each token belongs to, as far as brackets and line ends show it in any language. An argument
 * belongs to the statement of its call; the body of a function has statements of its own.
 */
export function statementsOf(tokens: readonly Token[]): number[] {
  let last = 0
  let current: Open = { statement: 0, depth: 0 }
  const outer: Open[] = []
  return tokens.map((token, at) => {
    const before = tokens[at - 1]
    const sign = token.kind === 'sign' ? token.text : ''
    if (current.depth === 0 && before !== undefined && beginsStatement(before, token))
      current.statement = last += 1
    const own = current.statement
    if (sign === '{' && isBlock(tokens, at)) {
      outer.push(current)
      current = { statement: (last += 1), depth: 0 }
    } else if (OPENING.has(sign)) current.depth += 1
    else if (CLOSING.has(sign)) {
      if (current.depth > 0) current.depth -= 1
      // After a body, the statement that contains it continues.
      else if (sign === '}') current = outer.pop() ?? current
    }
    return own
  })
}

/** The statement that is being read in a body, and the number of its open brackets. */
interface Open {
  statement: number
  depth: number
}

/** A body follows `)`, `=>` or a word; an object literal follows an operator, a comma or an opening bracket. */
function isBlock(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (before === undefined) return true
  if (before.kind !== 'sign') return before.text !== 'return'
  return /[)>;{}]/.test(before.text)
}

function beginsStatement(before: Token, token: Token): boolean {
  if (before.kind === 'sign' && before.text === ';') return true
  if (before.line === token.line) return false
  const goesOn = before.kind === 'sign' && /[,.=+\-*/%&|<?([\\]/.test(before.text)
  return !goesOn && !(token.kind === 'sign' && /[.,=+*&|?:)\]]/.test(token.text))
}

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Set([')', ']', '}'])
