import { inserted } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { REACHED, type AssertionShape } from './assertion-shape.ts'

/** `if … { t.Errorf(…) }`, whose condition is the assertion, and `assert.Equal(t, …)` of testify. */
export const go: AssertionShape = {
  testOf(node) {
    if (node.type !== 'function_declaration') return undefined
    const name = node.childForFieldName('name')?.text
    return name?.startsWith('Test') ? name : undefined
  },
  failing(node) {
    const called = node.type === 'call_expression' ? node.childForFieldName('function')?.text : ''
    const place = REPORTS.test(called ?? '')
      ? conditionOf(node)
      : TESTIFY.test(called ?? '')
        ? statementOf(node)
        : undefined
    return place && { ...inserted(place.startIndex, `panic("${REACHED}"); `), place }
  },
}

const REPORTS = /^\w+\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/
const TESTIFY = /^(?:assert|require)\.\w+$/

/** The innermost condition around a report. One in an `else` belongs to the first of its chain. */
function conditionOf(node: Node): Node | undefined {
  for (let above = node.parent; above; above = above.parent) {
    if (FUNCTIONS.has(above.type)) return undefined
    if (above.type === 'if_statement' && isStatement(above)) return above
  }
  return undefined
}

function statementOf(node: Node): Node | undefined {
  for (let above: Node | null = node; above; above = above.parent) {
    if (FUNCTIONS.has(above.type)) return undefined
    if (isStatement(above)) return above
  }
  return undefined
}

function isStatement({ parent }: Node): boolean {
  return parent?.type === 'block' || parent?.type === 'statement_list'
}

const FUNCTIONS = new Set(['func_literal', 'function_declaration', 'method_declaration'])
