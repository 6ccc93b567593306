import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { inserted, isWholeBody, partsOf } from '../nodes.ts'
import { isNumeric } from '../numeric.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { FUNCTIONS, isOption, shapeOf, valuesOfType } from './rust-shape.ts'

const IGNORED = new Set([
  'line_comment',
  'block_comment',
  'attribute_item',
  'use_declaration',
  'type_item',
  'struct_item',
  'enum_item',
  'parameters',
  'type_parameters',
  'type_arguments',
  'array_type',
  'macro_definition',
  'token_tree',
  'function_modifiers',
])

const ASSERTIONS = /^(?:debug_)?assert(?:_eq|_ne)?$/
const LOGGERS = /^(?:(?:log|tracing)::)?(?:trace|debug|info|warn|error)$|^eprintln$|^dbg$/
const NUMBERS = new Set(['integer_literal', 'float_literal'])

const TABLE: LineTable = {
  operations: new Set(['binary_expression', 'compound_assignment_expr']),
  swaps: { ...COMPARISON_SWAPS, ...ARITHMETIC_SWAPS, ...LOGIC_SWAPS },
  // Texts are joined by the same operator, and a pattern cannot be an alternative.
  isFixed: (operation, operator) =>
    (operator.startsWith('+') && !isNumeric(operation, NUMBERS)) ||
    ['left', 'right'].some(field => operation.childForFieldName(field)?.type === 'let_condition'),
  unary: new Set(['unary_expression']),
  omitted: new Set(['!', '-']),
  conditions: { if_expression: 'condition' },
  isFixedCondition: condition => condition.type.startsWith('let_'),
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: NUMBERS,
  strings: new Set(['string_literal']),
  string: { empty: '""', other: '"redgreen"' },
  isRemovable,
  // It is still compiled, so that nothing becomes unused.
  removed: statement => `if false { ${statement} }`,
  returned,
}

function isRemovable(statement: Node): boolean {
  if (statement.type !== 'expression_statement' || isWholeBody(statement, FUNCTIONS)) return false
  const [effect] = partsOf(statement)
  if (effect?.type === 'assignment_expression') {
    const target = effect.childForFieldName('left')?.type ?? ''
    return ['field_expression', 'index_expression', 'unary_expression'].includes(target)
  }
  const isEffect = [
    'call_expression',
    'compound_assignment_expr',
    'try_expression',
    'macro_invocation',
    'await_expression',
  ]
  // The last expression of a block is its value.
  return isEffect.includes(effect?.type ?? '') && statement.text.endsWith(';') && !isExit(effect)
}

function isExit(effect: Node | undefined): boolean {
  return /^(?:panic|unreachable|todo|unimplemented)$/.test(
    effect?.childForFieldName('macro')?.text ?? '',
  )
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_expression' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const type = enclosing(statement).childForFieldName('return_type')
  const value = type && (isOption(type) ? 'None' : valuesOfType(type)[0])
  if (!value || ['true', 'false', value].includes(node.text)) return undefined
  const edit = inserted(statement.startIndex, `if true { return ${value}; } `)
  const isStatement = statement.parent?.type === 'expression_statement'
  return { node, value, onlyAbsence: value === 'None', ...(isStatement ? { edit } : {}) }
}

/** The function or closure that the statement returns from. The type of a closure is not known. */
function enclosing(node: Node): Node {
  return !node.parent || FUNCTIONS.has(node.type) || node.type === 'closure_expression'
    ? node
    : enclosing(node.parent)
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'function_item' || node.type === 'mod_item') return isTest(node)
  // `if let` has a pattern, which cannot be inverted.
  if (node.type === 'let_condition' || node.type === 'let_chain') return true
  if (node.type !== 'macro_invocation') return false
  const name = node.childForFieldName('macro')?.text ?? ''
  return ASSERTIONS.test(name) || LOGGERS.test(name)
}

/** `#[cfg(test)] mod tests`, `#[test] fn works` */
function isTest(item: Node): boolean {
  for (let before = item.previousNamedSibling; before; before = before.previousNamedSibling) {
    if (before.type === 'attribute_item' && /\btest\b/.test(before.text)) return true
    if (before.type !== 'attribute_item' && !before.type.endsWith('comment')) return false
  }
  return false
}

export const rust: Grammar = {
  name: 'rust',
  functions: FUNCTIONS,
  exits: new Set(['return_expression', 'break_expression', 'continue_expression']),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
