import type { Grammar, LineChange } from '../grammar.ts'
import { lineChanges, replacing, type LineTable } from '../line-table.ts'
import { isWholeBody, partsOf, withoutParentheses } from '../nodes.ts'
import { ARITHMETIC_SWAPS, COMPARISON_SWAPS, LOGIC_SWAPS, STEP_SWAPS } from '../swaps.ts'
import type { Node } from '../syntax.ts'
import { kindOf } from './javascript-kinds.ts'
import { FUNCTIONS, shapeOf } from './javascript-shape.ts'

const IGNORED = new Set([
  'comment',
  'html_comment',
  'import_statement',
  'decorator',
  'jsx_text',
  'meta_property',
])

const LOGGERS = new Set(['console', 'log', 'logger', 'debug'])
const ASSERTIONS = new Set(['assert', 'invariant'])

const EFFECTS = new Set([
  'call_expression',
  'await_expression',
  'assignment_expression',
  'augmented_assignment_expression',
  'update_expression',
])

const SWAPS = {
  ...COMPARISON_SWAPS,
  ...ARITHMETIC_SWAPS,
  ...LOGIC_SWAPS,
  ...STEP_SWAPS,
  '===': ['!=='],
  '!==': ['==='],
  '**': ['*'],
  '??': ['&&'],
  '>>>': ['<<'],
  '&&=': ['||='],
  '||=': ['&&='],
  '??=': ['&&='],
}

const RETURNED: Readonly<Record<string, string>> = {
  number: '0',
  string: "''",
  list: '[]',
  object: '{}',
}

const TABLE: LineTable = {
  operations: new Set([
    'binary_expression',
    'augmented_assignment_expression',
    'update_expression',
  ]),
  swaps: SWAPS,
  unary: new Set(['unary_expression']),
  omitted: new Set(['!', '-']),
  conditions: { if_statement: 'condition', ternary_expression: 'condition' },
  inverted: condition => `!(${condition})`,
  literals: { true: 'false', false: 'true' },
  numbers: new Set(['number']),
  strings: new Set(['string']),
  string: { empty: "''", other: "'redgreen'" },
  isRemovable,
  removed: () => ';',
  isFixed: (operation, operator) => operator === '+' && isTextual(operation),
  returned,
  more,
}

function returned(statement: Node): ReturnType<LineTable['returned']> {
  const [node] = statement.type === 'return_statement' ? partsOf(statement) : []
  if (!node || isWholeBody(statement, FUNCTIONS)) return undefined
  const known = RETURNED[kindOf(node)]
  const value = known ?? 'undefined'
  const isSame = [known ?? 'undefined', 'null', 'true', 'false'].includes(
    withoutParentheses(node).text,
  )
  return isSame ? undefined : { node, value, onlyAbsence: known === undefined }
}

function isRemovable(statement: Node): boolean {
  if (isWholeBody(statement, FUNCTIONS)) return false
  if (statement.type === 'throw_statement') return true
  const [effect] = statement.type === 'expression_statement' ? partsOf(statement) : []
  if (!effect || !EFFECTS.has(effect.type)) return false
  return effect.childForFieldName('function')?.type !== 'super' && !isDefinition(effect)
}

/** `'a' + b`, `a + 'b' + c` */
function isTextual(operation: Node): boolean {
  return kindOf(operation) === 'string'
}

/** `exports.size = …`, `Stack.prototype.size = function …`: without it, a test only notices that something is missing. */
function isDefinition(effect: Node): boolean {
  const [target, value] = ['left', 'right'].map(field => effect.childForFieldName(field))
  if (!target || !value) return false
  const isExport = /^(?:module\.)?exports\b/.test(target.text)
  return isExport || FUNCTIONS.has(value.type) || value.type === 'class'
}

function more(node: Node): LineChange[] {
  if (node.type === 'optional_chain') return [replacing(node, isCall(node) ? '' : '.', 0)]
  // A template stays one, because a tag may stand before it.
  if (node.type !== 'template_string' || node.text === '``') return []
  return [replacing(node, '``', 3, { counts: false })]
}

/** `a?.(b)`, `a?.[b]` */
function isCall(chain: Node): boolean {
  return ['arguments', '['].includes(chain.nextSibling?.type ?? '')
}

export function isIgnored(node: Node): boolean {
  if (IGNORED.has(node.type)) return true
  if (node.type === 'export_statement') return node.childForFieldName('source') !== null
  if (node.type === 'if_statement') return isInSourceTest(node)
  if (node.type === 'update_expression') return isStep(node)
  return node.type === 'call_expression' && isLogging(node)
}

/** `if (import.meta.vitest) { … }` */
function isInSourceTest(statement: Node): boolean {
  const condition = statement.childForFieldName('condition')?.text ?? ''
  return condition.includes('import.meta.vitest')
}

/** The step of a loop: without it, the loop would only hang. */
function isStep(update: Node): boolean {
  return update.parent?.type === 'for_statement'
}

function isLogging(call: Node): boolean {
  const called = call.childForFieldName('function')
  const first = called?.type === 'member_expression' ? called.childForFieldName('object') : called
  const root = first?.type === 'member_expression' ? first.childForFieldName('property') : first
  const name = root?.text.toLowerCase() ?? ''
  return ASSERTIONS.has(name) || (called?.type === 'member_expression' && LOGGERS.has(name))
}

export const javascript: Grammar = {
  name: 'javascript',
  functions: FUNCTIONS,
  exits: new Set(['return_statement', 'throw_statement', 'break_statement', 'continue_statement']),
  isIgnored,
  shapeOf: node =>
    shapeOf(node, { returned: () => undefined, first: () => undefined, disguised: value => value }),
  lineChanges: node => lineChanges(TABLE, node),
}
