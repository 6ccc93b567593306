import { partsOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { plainString, REACHED, type AssertionShape } from './assertion-shape.ts'

/** `expect(…)`, `assert(…)`, `assert.equal(…)`, and `t.is(…)` of the test's own context. */
export const javascript: AssertionShape = {
  testOf(node) {
    if (node.type !== 'call_expression') return undefined
    const called = node.childForFieldName('function')
    if (!called || !TEST.test(called.text)) return undefined
    return plainString(partsOf(node.childForFieldName('arguments') ?? node)[0])
  },
  failing(node) {
    if (node.type !== 'call_expression') return undefined
    const called = node.childForFieldName('function')
    const first = called && leftmost(called)
    if (!called || first?.type !== 'identifier' || !ASSERTION.test(called.text)) return undefined
    if (UNREACHABLE.test(node.childForFieldName('arguments')?.text ?? '')) return undefined
    return { start: first.startIndex, end: first.endIndex, text: REACHED }
  },
}

const TEST = /^(?:test|it|specify|t\.test|Deno\.test)(?:\.\w+)*$/

/** Without those that say only that a place was reached, which an honest test may never do. */
const ASSERTION =
  /^(?:expect(?:\.(?:soft|poll))?|assert(?!\.fail$)(?:\.\w+)*|(?:t|context|ctx)\.assert(?!\.fail$)\.\w+|t\.(?:is|not|deepEqual|notDeepEqual|like|truthy|falsy|true|false|throws|throwsAsync|notThrows|notThrowsAsync|regex|notRegex|equal|equals|strictEqual|same|notSame|notEqual|ok|notOk|match|has|rejects))$/

/** The value of `assert(false)` and of `expect(true).toBe(false)`, which say the same. */
const UNREACHABLE = /^\(\s*(?:true|false)\b/

function leftmost(node: Node): Node {
  let first = node
  while (first.type === 'member_expression')
    first = first.childForFieldName('object') ?? first.child(0) ?? first
  return first
}
