import type { Node } from './syntax.ts'

export function childrenOf(node: Node): Node[] {
  return node.children.filter(child => child !== null)
}

export function namedChildrenOf(node: Node): Node[] {
  return node.namedChildren.filter(child => child !== null)
}

/** Children without comments. */
export function partsOf(node: Node): Node[] {
  return namedChildrenOf(node).filter(child => !child.type.endsWith('comment'))
}

/** The node itself, or what stands inside of its parentheses. */
export function withoutParentheses(node: Node): Node {
  let inner = node
  while (inner.type === 'parenthesized_expression') {
    const [only] = partsOf(inner)
    if (!only) break
    inner = only
  }
  return inner
}

/** Nodes of the given types below a node, without looking into nodes of the other types. */
export function nodesBelow(
  node: Node,
  types: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): Node[] {
  const found: Node[] = []
  const open = [node]
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of namedChildrenOf(next).toReversed()) {
      if (types.has(child.type)) found.push(child)
      if (!closed.has(child.type)) open.push(child)
    }
  }
  return found.toSorted((one, other) => one.startIndex - other.startIndex)
}

const BLOCKS = new Set([
  'block',
  'body_statement',
  'compound_statement',
  'constructor_body',
  'expression_statement',
  'statement_block',
  'statement_list',
])

/** The last statement of a function, or the expression that it consists of. */
export function lastStatement(node: Node): Node | undefined {
  let last = node.childForFieldName('body') ?? undefined
  while (last && BLOCKS.has(last.type)) {
    if (last.type === 'expression_statement') break
    last = partsOf(last).at(-1)
  }
  return last
}

/** Is this the only statement of a function? */
export function isWholeBody({ parent }: Node, functions: ReadonlySet<string>): boolean {
  if (!parent) return false
  if (functions.has(parent.type)) return true
  return BLOCKS.has(parent.type) && partsOf(parent).length === 1 && isWholeBody(parent, functions)
}

/** Text inserted at a position. */
export function inserted(at: number, text: string): { start: number; end: number; text: string } {
  return { start: at, end: at, text }
}
