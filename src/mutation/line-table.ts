import type { Edit, LineChange } from './grammar.ts'
import { childrenOf, partsOf, withoutParentheses } from './nodes.ts'
import type { Node } from './syntax.ts'

/** Which places of a line are changed, and how: one table for each language. */
export interface LineTable {
  /** Nodes with an operator among their children. */
  operations: ReadonlySet<string>
  swaps: Readonly<Record<string, readonly string[]>>
  /** Operations that stay, for example because the operands are not numbers. */
  isFixed(operation: Node, operator: string): boolean
  /** Nodes with one operand, whose operator is left out. */
  unary: ReadonlySet<string>
  /** Operators that are left out. */
  omitted: ReadonlySet<string>
  /** Nodes with a condition that is inverted, if no operator in it says the same, and the field that it is in. */
  conditions: Readonly<Record<string, string>>
  inverted(condition: string): string
  /** Conditions that stay, for example patterns. */
  isFixedCondition?(condition: Node, statement: Node): boolean
  /** Literals that become another one, by their text. */
  literals: Readonly<Record<string, string>>
  numbers: ReadonlySet<string>
  /** String nodes, and the literal that stands in their place. */
  strings: ReadonlySet<string>
  string: { empty: string; other: string }
  /** Statements that are left out. */
  isRemovable(statement: Node): boolean
  /** What stands in place of a statement that is left out. */
  removed(statement: string): string
  /** The value in place of what a statement returns. Undefined if it returns nothing, or that already. */
  returned(statement: Node): Returned | undefined
  /** More changes that only this language has. */
  more?(node: Node): LineChange[]
}

interface Returned {
  /** The value that is shown, and replaced unless there is another edit. */
  node: Node
  value: string
  onlyAbsence?: boolean
  edit?: Edit
}

const COMPARISONS = new Set([
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '===',
  '!==',
  'is',
  'is not',
  'in',
  'not in',
])
const MAX_LENGTH = 60

export function lineChanges(table: LineTable, node: Node): LineChange[] {
  return [
    ...operatorChanges(table, node),
    ...conditionChanges(table, node),
    ...literalChanges(table, node),
    ...returnChanges(table, node),
    ...removals(table, node),
    ...(table.more?.(node) ?? []),
  ]
}

/** A change of one node into another text. */
export function replacing(
  node: Node,
  text: string,
  rank: number,
  rest: Partial<LineChange> = {},
): LineChange {
  return {
    edit: { start: node.startIndex, end: node.endIndex, text },
    change: `Changing ${quoted(node.text)} to ${quoted(text)}`,
    rank,
    counts: true,
    ...rest,
  }
}

function operatorChanges(table: LineTable, node: Node): LineChange[] {
  if (table.operations.has(node.type)) {
    const operator = childrenOf(node).find(
      child => !child.isNamed && Object.hasOwn(table.swaps, child.type),
    )
    if (operator && table.isFixed(node, operator.type)) return []
    const swaps = operator ? (table.swaps[operator.type] ?? []) : []
    return operator ? swaps.map(swap => replacing(operator, swap, 0)) : []
  }
  if (!table.unary.has(node.type)) return []
  const [operator, operand] = childrenOf(node)
  if (!operator || !operand || !table.omitted.has(operator.text.trim())) return []
  // A negative number is a constant.
  return [replacing(node, operand.text, 0, { counts: !table.numbers.has(operand.type) })]
}

function conditionChanges(table: LineTable, node: Node): LineChange[] {
  const field = Object.hasOwn(table.conditions, node.type) && table.conditions[node.type]
  const condition = field ? node.childForFieldName(field) : null
  if (!condition) return []
  const inner = withoutParentheses(condition)
  return saysItself(table, inner) || table.isFixedCondition?.(inner, node)
    ? []
    : [
        {
          ...replacing(inner, table.inverted(inner.text), 0),
          change: `Inverting the condition ${quoted(inner.text)}`,
        },
      ]
}

/** Is the condition changed already through its own operator? */
function saysItself(table: LineTable, condition: Node): boolean {
  if (Object.hasOwn(table.literals, condition.text)) return true
  const operators = childrenOf(condition).filter(child => !child.isNamed)
  return (
    (table.operations.has(condition.type) && operators.some(({ type }) => COMPARISONS.has(type))) ||
    (table.unary.has(condition.type) && operators.some(({ type }) => table.omitted.has(type)))
  )
}

function literalChanges(table: LineTable, node: Node): LineChange[] {
  const { literals, numbers, strings, string } = table
  // A keyword may have the name of a literal.
  if (!node.isNamed) return []
  const isLeaf = node.namedChildCount === 0
  const opposite = isLeaf && Object.hasOwn(literals, node.text) ? literals[node.text] : undefined
  if (opposite !== undefined) return [replacing(node, opposite, 0)]
  const text = numbers.has(node.type)
    ? node.text === '0'
      ? '1'
      : '0'
    : strings.has(node.type)
      ? isEmptyString(table, node)
        ? string.other
        : string.empty
      : undefined
  return text === undefined ? [] : [replacing(node, text, 3, { counts: false })]
}

function isEmptyString({ string }: LineTable, node: Node): boolean {
  return (
    node.text === string.empty || !partsOf(node).some(({ type }) => !/_(start|end)$/.test(type))
  )
}

function returnChanges(table: LineTable, node: Node): LineChange[] {
  const returned = table.returned(node)
  if (!returned) return []
  const { node: value, value: text, onlyAbsence = false, edit } = returned
  return [replacing(value, text, 1, { onlyAbsence, ...(edit ? { edit } : {}) })]
}

function removals(table: LineTable, node: Node): LineChange[] {
  if (!table.isRemovable(node)) return []
  return [
    { ...replacing(node, table.removed(node.text), 2), change: `Removing ${quoted(node.text)}` },
  ]
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const short = line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line
  return short.includes('`') ? short : `\`${short}\``
}
