import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { isWholeBody, partsOf } from '../nodes.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS, STEP_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { FUNCTIONS, kindOf, shapeOf } from './php-shape.ts'

const IGNORED = new Set([
  'comment',
  'php_tag',
  'text',
  'declare_statement',
  'namespace_use_declaration',
  'attribute_list',
  'union_type',
  'optional_type',
])

const LOGGERS = new Set(['logger', 'log', 'Log'])
const LOGGING_FUNCTIONS = new Set(['error_log', 'trigger_error', 'assert', 'var_dump'])

const CALLS = new Set([
  'function_call_expression',
  'member_call_expression',
  'nullsafe_member_call_expression',
  'scoped_call_expression',
])

const EFFECTS = new Set([
  ...CALLS,
  'augmented_assignment_expression',
  'update_expression',
  'throw_expression',
  'print_intrinsic',
])

const TARGETS = new Set([
  'member_access_expression',
  'subscript_expression',
  'scoped_property_access_expression',
])

const RETURNED: Readonly<Record<string, string>> = { number: '0', string: "''", list: '[]' }

const TABLE: LineTable = {
  operations: new Set([
    'binary_expression',
    'augmented_assignment_expression',
    'update_expression',
  ]),
  swaps: {
    ...COMPARISON_SWAPS,
    ...ARITHMETIC_SWAPS,
    ...LOGIC_SWAPS,
    ...STEP_SWAPS,
    '===': ['!=='],
    '!==': ['==='],
    '<>': ['=='],
    '**': ['*'],
    and: ['or'],
    or: ['and'],
    '??=': ['='],
  },
  isFixed: () => false,
  unary: new Set(['unary_op_expression']),
  omitted: new Set(['!', '-']),
  conditions: {
    if_statement: 'condition',
    else_if_clause: 'condition',
    conditional_expression: 'condition',
  },
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true', TRUE: 'false', FALSE: 'true' },
  numbers: new Set(['integer', 'float']),
  strings: new Set(['string', 'encapsed_string']),
  string: { empty: "''", other: "'redgreen'" },
  isRemovable,
  removed: () => ';',
  returned,
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  if (['echo_statement', 'unset_statement'].includes(statement.type)) return true
  const [effect] = statement.type === 'expression_statement' ? partsOf(statement) : []
  if (effect?.type !== 'assignment_expression')
    return effect !== undefined && EFFECTS.has(effect.type)
  return TARGETS.has(effect.childForFieldName('left')?.type ?? '')
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  // Another value may not have the declared type.
  const value = RETURNED[kindOf(node)]
  return value === undefined || node.text === value ? undefined : { node, value }
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'update_expression') return node.parent?.type === 'for_statement'
  if (!CALLS.has(node.type)) return false
  const name = node.childForFieldName('function')?.text ?? ''
  const object = node.childForFieldName('object') ?? node.childForFieldName('scope')
  const owner = object?.childForFieldName('name') ?? object
  return LOGGING_FUNCTIONS.has(name) || LOGGERS.has(owner?.text.replace(/^\$/, '') ?? '')
}

export const php: Grammar = {
  name: 'php',
  functions: FUNCTIONS,
  exits: new Set(['return_statement', 'break_statement', 'continue_statement', 'exit_statement']),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
