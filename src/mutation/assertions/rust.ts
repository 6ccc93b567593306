import { REACHED, type AssertionShape } from './assertion-shape.ts'

/** `assert!`, `assert_eq!` and the like. */
export const rust: AssertionShape = {
  testOf(node) {
    if (node.type !== 'function_item') return undefined
    // The attributes are the siblings before the function.
    for (let before = node.previousNamedSibling; before; before = before.previousNamedSibling) {
      if (before.type !== 'attribute_item') return undefined
      if (/\btest\b/.test(before.text)) return node.childForFieldName('name')?.text
    }
    return undefined
  },
  failing(node) {
    if (node.type !== 'macro_invocation') return undefined
    const isAssertion = /^(?:\w+::)*assert(?:_\w+)?$/.test(
      node.childForFieldName('macro')?.text ?? '',
    )
    // `assert!(false)` says that a place is not to be reached.
    return isAssertion && !/!\s*[([{]\s*false\b/.test(node.text)
      ? { start: node.startIndex, end: node.endIndex, text: `panic!("${REACHED}")` }
      : undefined
  },
}
