import { withoutParentheses } from './nodes.ts'
import type { Node } from './syntax.ts'

const ARITHMETIC = new Set(['-', '*', '/', '%'])

/**
 * Is an operation surely one on numbers? Only then `+` can become `-`, or `<<` `>>`, in a language that checks types: texts have
 * no other operator.
 */
export function isNumeric(expression: Node, numbers: ReadonlySet<string>): boolean {
  const node = withoutParentheses(expression)
  if (numbers.has(node.type)) return true
  const operator = node.childForFieldName('operator')?.type ?? ''
  if (ARITHMETIC.has(operator)) return true
  return ['left', 'right', 'operand', 'argument'].some(field => {
    const operand = node.childForFieldName(field)
    return operand !== null && isNumeric(operand, numbers)
  })
}
