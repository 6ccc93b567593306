import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { childrenOf, inserted, isWholeBody, partsOf } from '../nodes.ts'
import { isNumeric } from '../numeric.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS, STEP_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { FUNCTIONS, resultsOf, shapeOf, zeroOf } from './go-shape.ts'

const IGNORED = new Set([
  'comment',
  'package_clause',
  'import_declaration',
  'type_declaration',
  'parameter_list',
  'slice_type',
  'array_type',
  'map_type',
  'struct_type',
  'function_type',
])

const LOGGERS = new Set(['log', 'slog', 'logger', 'zap'])
const NUMBERS = new Set(['int_literal', 'float_literal'])
const STRINGS = new Set(['interpreted_string_literal', 'raw_string_literal'])

const TABLE: LineTable = {
  operations: new Set([
    'binary_expression',
    'assignment_statement',
    'inc_statement',
    'dec_statement',
  ]),
  swaps: { ...COMPARISON_SWAPS, ...ARITHMETIC_SWAPS, ...LOGIC_SWAPS, ...STEP_SWAPS },
  isFixed: (operation, operator) =>
    (operator.startsWith('+') && operator !== '++' && !isNumeric(operation, NUMBERS)) ||
    (operator.endsWith('=') && operation.type === 'assignment_statement' && operator === '='),
  unary: new Set(['unary_expression']),
  omitted: new Set(['!', '-']),
  conditions: { if_statement: 'condition' },
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: NUMBERS,
  strings: STRINGS,
  string: { empty: '""', other: '"redgreen"' },
  isRemovable,
  // It is still compiled, so that no import or variable becomes unused.
  removed: statement => `if false { ${statement} }`,
  returned,
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  // A statement, not the step of a loop.
  if (statement.parent?.type !== 'statement_list') return false
  return [
    'expression_statement',
    'assignment_statement',
    'inc_statement',
    'dec_statement',
  ].includes(statement.type)
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const value = resultsOf(enclosing(statement)).map(zeroOf).join(', ')
  const isSame = node.text === value || ['true', 'false'].includes(node.text)
  const edit = inserted(statement.startIndex, `if true { return ${value} }; `)
  return value === '' || isSame ? undefined : { node, value, edit }
}

function enclosing(node: Node): Node {
  return !node.parent || FUNCTIONS.has(node.type) ? node : enclosing(node.parent)
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'inc_statement' || node.type === 'dec_statement') {
    return node.parent?.type === 'for_clause'
  }
  if (node.type !== 'call_expression') return false
  const object = node.childForFieldName('function')?.childForFieldName('operand')
  const name = object ? (childrenOf(object).at(-1)?.text ?? object.text) : ''
  return LOGGERS.has(name)
}

export const go: Grammar = {
  name: 'go',
  functions: FUNCTIONS,
  exits: new Set(['return_statement', 'break_statement', 'continue_statement', 'goto_statement']),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
