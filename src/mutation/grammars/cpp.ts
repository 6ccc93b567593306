import type { Grammar } from '../grammar.ts'
import { lineChanges, type LineTable } from '../line-table.ts'
import { isWholeBody, partsOf } from '../nodes.ts'
import { isNumeric } from '../numeric.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS, STEP_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { declaredBy, FUNCTIONS, shapeOf, typeOf, valuesOfType } from './cpp-shape.ts'

const IGNORED = new Set([
  'comment',
  'preproc_include',
  'preproc_def',
  'preproc_function_def',
  'preproc_call',
  'using_declaration',
  'alias_declaration',
  'type_definition',
  'template_parameter_list',
  'template_argument_list',
  'static_assert_declaration',
  'parameter_list',
  'enum_specifier',
  'attribute_declaration',
])

const ASSERTION = /^(?:assert|ASSERT\w*|EXPECT\w*|CHECK\w*|REQUIRE\w*|LOG\w*)$/
const LOGGERS = /^(?:std::cerr|std::clog|spdlog::\w+)$/
const NUMBERS = new Set(['number_literal'])

/** Operators that classes define for other purposes, such as streams and texts. */
const OVERLOADED = new Set(['+', '+=', '<<', '>>', '&', '|'])

const TABLE: LineTable = {
  operations: new Set(['binary_expression', 'assignment_expression', 'update_expression']),
  swaps: {
    ...COMPARISON_SWAPS,
    ...ARITHMETIC_SWAPS,
    ...LOGIC_SWAPS,
    ...STEP_SWAPS,
    and: ['or'],
    or: ['and'],
  },
  isFixed: (operation, operator) =>
    OVERLOADED.has(operator) &&
    (operator.length > 1 && !operator.includes('=') ? true : !isNumeric(operation, NUMBERS)),
  unary: new Set(['unary_expression']),
  omitted: new Set(['!', 'not', '-']),
  conditions: { conditional_expression: 'condition', condition_clause: 'value' },
  // Loops are changed through their operators only: an inverted condition may never end.
  isFixedCondition: (condition, statement) =>
    condition.type === 'condition_declaration' ||
    (statement.type === 'condition_clause' && statement.parent?.type !== 'if_statement'),
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: NUMBERS,
  strings: new Set(['string_literal']),
  string: { empty: '""', other: '"redgreen"' },
  isRemovable,
  // It is still compiled, so that nothing becomes unused.
  removed: statement => `if (false) ${statement}`,
  returned,
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  if (statement.type === 'throw_statement') return true
  const [effect] = statement.type === 'expression_statement' ? partsOf(statement) : []
  return [
    'call_expression',
    'update_expression',
    'assignment_expression',
    'delete_expression',
  ].includes(effect?.type ?? '')
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const definition = enclosing(statement)
  const declared = declaredBy(definition.childForFieldName('declarator'))
  const type = declared && typeOf(definition, declared)
  if (!declared || type === undefined || type.includes('auto') || declared.isReference)
    return undefined
  const value = declared.isPointer ? 'nullptr' : (valuesOfType(type)[0] ?? '{}')
  if (['true', 'false', value].includes(node.text) || node.text.endsWith('{}')) return undefined
  return { node, value, onlyAbsence: declared.isPointer }
}

/** The function or lambda that the statement returns from. The type of a lambda is not written. */
function enclosing(node: Node): Node {
  return !node.parent || FUNCTIONS.has(node.type) || node.type === 'lambda_expression'
    ? node
    : enclosing(node.parent)
}

function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'string_literal') return node.parent?.type === 'linkage_specification'
  if (node.type === 'update_expression') return node.parent?.type === 'for_statement'
  if (node.type === 'expression_statement') return isLogged(node)
  if (node.type !== 'call_expression') return false
  const name = node.childForFieldName('function')?.text ?? ''
  return ASSERTION.test(name) || LOGGERS.test(name)
}

/** `std::cerr << a << b` */
function isLogged(statement: Node): boolean {
  const [stream] = partsOf(statement)
  return stream?.type === 'binary_expression' && LOGGERS.test(leftmost(stream).text)
}

/** `std::cerr` of `std::cerr << a << b` */
function leftmost(operation: Node): Node {
  let first = operation
  while (first.type === 'binary_expression') {
    const left = first.childForFieldName('left')
    if (!left) break
    first = left
  }
  return first
}

export const cpp: Grammar = {
  name: 'cpp',
  functions: FUNCTIONS,
  exits: new Set([
    'return_statement',
    'throw_statement',
    'break_statement',
    'continue_statement',
    'goto_statement',
  ]),
  isIgnored,
  shapeOf,
  lineChanges: node => lineChanges(TABLE, node),
}
