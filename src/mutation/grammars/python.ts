import type { Grammar, LineChange } from '../grammar.ts'
import { lineChanges, replacing, type LineTable } from '../line-table.ts'
import { childrenOf, isWholeBody, partsOf } from '../nodes.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { kindOf } from './python-kinds.ts'
import { FUNCTIONS, shapeOf } from './python-shape.ts'

const IGNORED = new Set([
  'comment',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'decorator',
  'type',
  'type_alias_statement',
  'assert_statement',
])

/** Objects whose calls only log. `print` is not among them: what a command prints is its behaviour. */
const LOGGERS = new Set(['logging', 'logger', 'log'])

const RETURNED: Readonly<Record<string, string>> = {
  number: '0',
  string: "''",
  list: '[]',
  object: '{}',
  tuple: '()',
}

const TABLE: LineTable = {
  operations: new Set([
    'comparison_operator',
    'boolean_operator',
    'binary_operator',
    'augmented_assignment',
  ]),
  swaps: {
    ...COMPARISON_SWAPS,
    ...ARITHMETIC_SWAPS,
    is: ['is not'],
    'is not': ['is'],
    in: ['not in'],
    'not in': ['in'],
    and: ['or'],
    or: ['and'],
    '//': ['*'],
    '**': ['*'],
    '//=': ['*='],
  },
  // Texts and lists have no other operator that would work.
  isFixed: operation =>
    operation.type === 'binary_operator' && ['string', 'list', 'tuple'].includes(kindOf(operation)),
  unary: new Set(['not_operator', 'unary_operator']),
  omitted: new Set(['not', '-']),
  conditions: { if_statement: 'condition', elif_clause: 'condition' },
  inverted: condition => `not (${condition})`,
  literals: { True: 'False', False: 'True' },
  numbers: new Set(['integer', 'float']),
  strings: new Set(['string']),
  string: { empty: "''", other: "'redgreen'" },
  isRemovable,
  removed: () => 'pass',
  returned,
  more,
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  if (['raise_statement', 'delete_statement'].includes(statement.type)) return true
  const [effect] = statement.type === 'expression_statement' ? partsOf(statement) : []
  if (!effect) return false
  if (effect.type === 'assignment') {
    // A name that is never assigned would only be an error.
    const target = effect.childForFieldName('left')?.type ?? ''
    return ['attribute', 'subscript'].includes(target) && effect.childForFieldName('right') !== null
  }
  return ['call', 'await', 'augmented_assignment'].includes(effect.type)
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const known = RETURNED[kindOf(node)]
  const value = known ?? 'None'
  return ['None', 'True', 'False', value].includes(node.text)
    ? undefined
    : { node, value, onlyAbsence: known === undefined }
}

/** Conditions that have no field of their own: `a if b else c`, `[a for a in b if c]`. */
function more(node: Node): LineChange[] {
  const at = ['conditional_expression', 'if_clause'].indexOf(node.type)
  const condition = at < 0 ? undefined : partsOf(node)[1 - at]
  if (!condition || ['comparison_operator', 'not_operator'].includes(condition.type)) return []
  const inverted = replacing(condition, TABLE.inverted(condition.text), 0)
  return [{ ...inverted, change: `Inverting the condition \`${condition.text}\`` }]
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  switch (node.type) {
    case 'string':
      // A docstring.
      return node.parent?.type === 'expression_statement'
    case 'if_statement':
      return /^(?:__name__ ==|(?:typing\.)?TYPE_CHECKING\b)/.test(
        node.childForFieldName('condition')?.text ?? '',
      )
    case 'function_definition':
      return node.childForFieldName('name')?.text.startsWith('test_') === true
    case 'class_definition':
      return /\bTestCase\b/.test(node.childForFieldName('superclasses')?.text ?? '')
    case 'call':
      return isLogging(node)
    default:
      return false
  }
}

/** `logging.info()`, `self._logger.info()`, `log.bind().info()` */
function isLogging(call: Node): boolean {
  const called = call.childForFieldName('function')
  const object = called?.childForFieldName('object')
  if (!object) return false
  if (object.type === 'call') return isLogging(object)
  const name = childrenOf(object).at(-1)?.text ?? object.text
  return LOGGERS.has(name.toLowerCase().replace(/^_+/, ''))
}

export const python: Grammar = {
  name: 'python',
  functions: FUNCTIONS,
  exits: new Set(['return_statement', 'raise_statement', 'break_statement', 'continue_statement']),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
