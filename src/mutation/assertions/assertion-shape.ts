import type { Edit } from '../grammar.ts'
import type { Node } from '../syntax.ts'

/** What is needed to know of a language to find the assertions of its tests. */
export interface AssertionShape {
  /** The name of the test that this node is, without the names of its suites. */
  testOf(node: Node): string | undefined
  /** How this assertion fails as soon as it is reached; `undefined` if the node is none. */
  failing(node: Node): FailingAssertion | undefined
}

export interface FailingAssertion extends Edit {
  /** What has to be reached, if it is not the assertion itself. */
  place?: Node
}

/** No program has a thing of this name, so that its use is an error. */
export const REACHED = 'redgreen_assertion_is_reached'

/** The text of a string without its quotes; `undefined` if parts of it are only known when it runs. */
export function plainString(node: Node | undefined): string | undefined {
  if (!node || !/string/.test(node.type)) return undefined
  const isBuilt = node.namedChildren.some(child =>
    /substitution|interpolation/.test(child?.type ?? ''),
  )
  return isBuilt ? undefined : node.text.replace(/^[a-z]*(['"`])(.*)\1$/is, '$2')
}
