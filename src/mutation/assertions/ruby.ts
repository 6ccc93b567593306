import { partsOf } from '../nodes.ts'
import { plainString, REACHED, type AssertionShape } from './assertion-shape.ts'

/** `expect(…)`, `is_expected`, `assert_equal …` and `refute …`. */
export const ruby: AssertionShape = {
  testOf(node) {
    if (node.type === 'method') {
      const name = node.childForFieldName('name')?.text
      return name?.startsWith('test') ? name : undefined
    }
    if (node.type !== 'call' || !TEST.test(node.childForFieldName('method')?.text ?? ''))
      return undefined
    return plainString(partsOf(node.childForFieldName('arguments') ?? node)[0])
  },
  failing(node) {
    if (node.type === 'identifier' && node.text === 'is_expected')
      return { start: node.startIndex, end: node.endIndex, text: REACHED }
    const method = node.type === 'call' ? node.childForFieldName('method') : undefined
    if (!method || node.childForFieldName('receiver') || !ASSERTION.test(method.text))
      return undefined
    return { start: method.startIndex, end: method.endIndex, text: REACHED }
  },
}

const TEST = /^(?:it|specify|example|test)$/
const ASSERTION = /^(?:expect|(?:assert|refute)(?:_\w+)?)$/
