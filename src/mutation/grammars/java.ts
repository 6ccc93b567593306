import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { inserted, isWholeBody, partsOf } from '../nodes.ts'
import { isNumeric } from '../numeric.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS, STEP_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { FUNCTIONS, isPrimitive, shapeOf, valuesOfType } from './java-shape.ts'

const IGNORED = new Set([
  'line_comment',
  'block_comment',
  'package_declaration',
  'import_declaration',
  'modifiers',
  'annotation',
  'marker_annotation',
  'assert_statement',
  'type_parameters',
  'type_arguments',
  'generic_type',
  'array_type',
])

const LOGGERS = new Set(['log', 'LOG', 'logger', 'LOGGER'])

const NUMBERS = new Set([
  'decimal_integer_literal',
  'hex_integer_literal',
  'decimal_floating_point_literal',
])

const TABLE: LineTable = {
  operations: new Set(['binary_expression', 'assignment_expression', 'update_expression']),
  swaps: { ...COMPARISON_SWAPS, ...ARITHMETIC_SWAPS, ...LOGIC_SWAPS, ...STEP_SWAPS, '>>>': ['<<'] },
  // Texts are joined by the same operator.
  isFixed: (operation, operator) =>
    operator.startsWith('+') && operator !== '++' && !isNumber(operation),
  unary: new Set(['unary_expression']),
  omitted: new Set(['!', '-']),
  conditions: { if_statement: 'condition', ternary_expression: 'condition' },
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: NUMBERS,
  strings: new Set(['string_literal']),
  string: { empty: '""', other: '"redgreen"' },
  isRemovable,
  // It is still compiled: what follows may need to be reached.
  removed: statement => `if (false) ${statement}`,
  returned,
}

function isNumber(operation: Node): boolean {
  return isNumeric(operation, NUMBERS) && !operation.text.includes('"')
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  // In a switch, this is a value.
  if (statement.parent?.type === 'switch_rule') return false
  const [effect] = statement.type === 'expression_statement' ? partsOf(statement) : []
  if (effect?.type === 'assignment_expression') {
    const isPlain = effect.childForFieldName('operator')?.type === '='
    // A variable may need the assignment to have a value at all.
    const target = effect.childForFieldName('left')?.type ?? ''
    return !isPlain || (['field_access', 'array_access'].includes(target) && !inConstructor(effect))
  }
  return ['method_invocation', 'update_expression'].includes(effect?.type ?? '')
}

function inConstructor(node: Node): boolean {
  if (!node.parent || FUNCTIONS.has(node.type)) return node.type.includes('constructor')
  return inConstructor(node.parent)
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const type = enclosing(statement).childForFieldName('type')
  if (!type) return undefined
  const known = valuesOfType(type)[0] ?? (isPrimitive(type) ? undefined : 'null')
  if (known === undefined || ['null', 'true', 'false', known].includes(node.text)) return undefined
  const edit = inserted(statement.startIndex, `if (true) return ${known}; `)
  const isBraced = ['block', 'switch_block_statement_group'].includes(statement.parent?.type ?? '')
  return { node, value: known, onlyAbsence: known === 'null', ...(isBraced ? { edit } : {}) }
}

function enclosing(node: Node): Node {
  return !node.parent || FUNCTIONS.has(node.type) ? node : enclosing(node.parent)
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'true') return isLoopCondition(node)
  if (node.type === 'update_expression') return node.parent?.type === 'for_statement'
  return (
    node.type === 'method_invocation' && LOGGERS.has(node.childForFieldName('object')?.text ?? '')
  )
}

/** `while (true)`: with `false`, what follows would not be reached, which does not compile. */
function isLoopCondition(literal: Node): boolean {
  const statement = literal.parent?.parent?.type ?? ''
  return literal.parent?.type === 'parenthesized_expression' && /^(?:while|do)_/.test(statement)
}

export const java: Grammar = {
  name: 'java',
  functions: FUNCTIONS,
  exits: new Set([
    'return_statement',
    'throw_statement',
    'break_statement',
    'continue_statement',
    'yield_statement',
  ]),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
