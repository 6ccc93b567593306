import { partsOf, withoutParentheses } from './nodes.ts'
import { MAX_DEPTH } from './kinds.ts'
import type { Node } from './syntax.ts'

const ARITHMETIC = new Set(['-', '*', '/', '%'])

/**
 * Is an operation surely one on numbers? Only then `+` can become `-`, or `<<` `>>`, in a language that checks types: texts have
 * no other operator.
 */
export function isNumeric(expression: Node, numbers: ReadonlySet<string>, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false
  const [only] = expression.type === 'expression_list' ? partsOf(expression) : [expression]
  const node = withoutParentheses(only ?? expression)
  if (numbers.has(node.type)) return true
  const operator = node.childForFieldName('operator')?.type ?? ''
  if (ARITHMETIC.has(operator)) return true
  return ['left', 'right', 'operand', 'argument'].some(field => {
    const operand = node.childForFieldName(field)
    return operand !== null && isNumeric(operand, numbers, depth + 1)
  })
}
