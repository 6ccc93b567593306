import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { isWholeBody, partsOf } from '../nodes.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { FUNCTIONS, kindOf, shapeOf } from './ruby-shape.ts'

/** Calls that declare, load or assert. */
const DECLARATIONS = new Set([
  'require',
  'require_relative',
  'include',
  'extend',
  'attr_reader',
  'attr_writer',
  'attr_accessor',
  'private',
  'public',
  'protected',
  'module_function',
])

const LOGGERS = new Set(['logger', 'log', '@logger', 'Rails.logger'])

/** Nodes whose parts are statements, so that a call among them can be left out. */
const SEQUENCES = new Set([
  'body_statement',
  'block_body',
  'then',
  'else',
  'do',
  'program',
  'begin',
])

const RETURNED: Readonly<Record<string, string>> = {
  number: '0',
  string: "''",
  list: '[]',
  object: '{}',
}

const TABLE: LineTable = {
  operations: new Set(['binary', 'operator_assignment']),
  swaps: {
    ...COMPARISON_SWAPS,
    ...ARITHMETIC_SWAPS,
    ...LOGIC_SWAPS,
    '**': ['*'],
    and: ['or'],
    or: ['and'],
    '||=': ['&&='],
    '&&=': ['||='],
    // These add to lists and texts more often than they move bits.
    '<<': [],
    '>>': [],
  },
  isFixed: (operation, operator) =>
    operator === '+' && ['string', 'list'].includes(kindOf(operation)),
  unary: new Set(['unary']),
  omitted: new Set(['!', 'not', '-']),
  conditions: {
    if: 'condition',
    unless: 'condition',
    elsif: 'condition',
    if_modifier: 'condition',
    unless_modifier: 'condition',
    conditional: 'condition',
  },
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: new Set(['integer', 'float']),
  strings: new Set(['string']),
  string: { empty: "''", other: "'redgreen'" },
  isRemovable,
  removed: () => 'nil',
  returned,
}

function isRemovable(statement: Node): boolean {
  if (!statement.parent || !SEQUENCES.has(statement.parent.type)) return false
  if (isWholeBody(statement, FUNCTIONS)) return false
  if (statement.type === 'assignment') {
    return ['instance_variable', 'element_reference', 'call'].includes(
      statement.childForFieldName('left')?.type ?? '',
    )
  }
  const hasArguments = statement.childForFieldName('arguments') !== null
  const isCall = statement.type === 'call' && (hasArguments || isWithReceiver(statement))
  return (isCall && !isLast(statement)) || statement.type === 'operator_assignment'
}

function isWithReceiver(call: Node): boolean {
  return call.childForFieldName('receiver') !== null
}

/** The value of a method is that of its last statement. */
function isLast(statement: Node): boolean {
  const block = statement.parent
  return block?.parent?.type === 'method' && partsOf(block).at(-1)?.equals(statement) === true
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [list] = statement.type === 'return' ? partsOf(statement) : []
  const [node, other] = list ? partsOf(list) : []
  if (!node || other || isWholeBody(statement, FUNCTIONS)) return undefined
  const known = RETURNED[kindOf(node)]
  const value = known ?? 'nil'
  return ['nil', 'true', 'false', value].includes(node.text)
    ? undefined
    : { node, value, onlyAbsence: known === undefined }
}

function isIgnored(node: Node): boolean {
  if (node.type === 'comment') return true
  if (node.type !== 'call') return false
  const receiver = node.childForFieldName('receiver')
  const method = node.childForFieldName('method')?.text ?? ''
  return receiver ? LOGGERS.has(receiver.text) : DECLARATIONS.has(method)
}

export const ruby: Grammar = {
  name: 'ruby',
  functions: FUNCTIONS,
  exits: new Set(['return', 'break', 'next', 'redo']),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
