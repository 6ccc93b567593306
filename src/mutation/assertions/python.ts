import { REACHED, type AssertionShape } from './assertion-shape.ts'

/** `assert …`, `self.assertEqual(…)`, `assert_called(…)` and `pytest.raises(…)`. */
export const python: AssertionShape = {
  testOf(node) {
    if (node.type !== 'function_definition') return undefined
    const name = node.childForFieldName('name')?.text
    return name?.startsWith('test') ? name : undefined
  },
  failing(node) {
    const whole = { start: node.startIndex, end: node.endIndex, text: `raise ${REACHED}` }
    // `assert False` says that a place is not to be reached.
    if (node.type === 'assert_statement')
      return /^assert\s+False\b/.test(node.text) ? undefined : whole
    const called = node.type === 'call' ? node.childForFieldName('function') : undefined
    if (!called || !ASSERTION.test(called.text)) return undefined
    return { start: called.startIndex, end: called.endIndex, text: REACHED }
  },
}

const ASSERTION = /^(?:self\.assert\w+|(?:\w+\.)*assert_\w+|pytest\.(?:raises|warns|approx))$/
