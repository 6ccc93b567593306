import type { FunctionShape, ReturnedShape } from '../grammar.ts'
import { commonKind, type Kind } from '../kinds.ts'
import { inserted, namedChildrenOf, nodesBelow, partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { valuesOf, type Values } from '../values.ts'

export const FUNCTIONS = new Set([
  'function_definition',
  'method_declaration',
  'arrow_function',
  'anonymous_function',
])
const RETURNS = new Set(['return_statement'])
const YIELDS = new Set(['yield_expression'])

const VALUES: Values = {
  number: ['0', '1'],
  string: ["''", "'redgreen'"],
  boolean: ['false', 'true'],
  list: ['[]', '[null]'],
  function: ['fn() => null', 'fn() => 0'],
  object: [],
}

const KINDS: Readonly<Record<string, Kind>> = {
  integer: 'number',
  float: 'number',
  string: 'string',
  encapsed_string: 'string',
  boolean: 'boolean',
  array_creation_expression: 'list',
  null: 'absent',
}

const OPERATOR_KINDS: readonly (readonly [Kind, readonly string[]])[] = [
  [
    'boolean',
    ['<', '<=', '>', '>=', '==', '===', '!=', '!==', '&&', '||', 'and', 'or', '!', 'instanceof'],
  ],
  ['number', ['-', '*', '/', '%', '**', '+']],
  ['string', ['.']],
]

const CALL_KINDS: Readonly<Record<string, Kind>> = {
  count: 'number',
  strlen: 'number',
  intdiv: 'number',
  trim: 'string',
  implode: 'string',
  strtoupper: 'string',
  strtolower: 'string',
  sprintf: 'string',
  in_array: 'boolean',
  array_map: 'list',
  array_filter: 'list',
  array_values: 'list',
}

const TYPE_KINDS: Readonly<Record<string, Kind>> = {
  int: 'number',
  float: 'number',
  string: 'string',
  bool: 'boolean',
  array: 'list',
  iterable: 'list',
  callable: 'function',
  Closure: 'function',
  mixed: 'unknown',
}

/** What kind of value an expression has, as far as its syntax shows it. */
export function kindOf(expression: Node): Kind {
  const node = withoutParentheses(expression)
  const operator = node.childForFieldName('operator')?.type
  if (operator !== undefined) {
    return OPERATOR_KINDS.find(([, operators]) => operators.includes(operator))?.[0] ?? 'unknown'
  }
  const called = node.type === 'function_call_expression' && node.childForFieldName('function')
  const name = called ? called.text : ''
  return (Object.hasOwn(CALL_KINDS, name) && CALL_KINDS[name]) || (KINDS[node.type] ?? 'unknown')
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  const type = node.childForFieldName('return_type')
  if (!body || type?.text === 'never') return undefined
  const owner = node.parent?.type === 'declaration_list' ? node.parent.parent : null
  const ownerName = owner?.childForFieldName('name')?.text
  const name = nameOf(node)
  const about = {
    ...(name === undefined
      ? {}
      : { name: ownerName === undefined ? name : `${ownerName}.${name}` }),
    ...(name?.startsWith('__') === true && ownerName !== undefined ? { calledAs: ownerName } : {}),
  }
  if (node.type === 'arrow_function') {
    return {
      ...about,
      ...returnedShape(node, [body], type),
      already: withoutParentheses(body).text,
      isEmpty: false,
      returning: value => ({ start: body.startIndex, end: body.endIndex, text: value ?? 'null' }),
      shown: value => value,
    }
  }
  const parent = name === '__construct' ? partsOf(body).findIndex(isParentCall) : -1
  const rest = partsOf(body).slice(parent + 1)
  const start = partsOf(body)[parent]?.endIndex ?? body.startIndex + 1
  const [only, second] = rest
  const [result] = only?.type === 'return_statement' && !second ? partsOf(only) : []
  const isGenerator = nodesBelow(body, YIELDS, FUNCTIONS).length > 0
  const returned = isGenerator
    ? []
    : nodesBelow(body, RETURNS, FUNCTIONS).flatMap(statement => partsOf(statement).slice(0, 1))
  return {
    ...about,
    ...returnedShape(node, returned, type),
    ...(!only || only.text === 'return;' ? { already: '' } : {}),
    ...(result ? { already: withoutParentheses(result).text } : {}),
    isEmpty: !only && name !== '__construct',
    returning: value => inserted(start, ` return${value === undefined ? '' : ` ${value}`};`),
    shown: value => `return ${value}`,
  }
}

function nameOf(node: Node): string | undefined {
  const name = node.childForFieldName('name')
  if (name) return name.text
  const target =
    node.parent?.type === 'assignment_expression' && node.parent.childForFieldName('left')
  return target ? target.text.replace(/^\$/, '') : undefined
}

function isParentCall(statement: Node): boolean {
  return statement.text.startsWith('parent::__construct')
}

function returnedShape(node: Node, returned: readonly Node[], type: Node | null): ReturnedShape {
  // Nothing is what an empty function returns on purpose, or because it was not written: only a test that expects nothing shows which.
  const isOpen =
    !type && node.childForFieldName('body')?.namedChildCount === 0 && nameOf(node) !== '__construct'
  if (type?.text === 'void' || (returned.length === 0 && !isOpen))
    return { values: [], hasNoValue: true }
  const types = type ? typesOf(type) : []
  const isNullable = !type || types.some(name => ['null', 'mixed'].includes(name))
  const absence = isNullable ? { absence: 'null' } : {}
  const kinds = types.filter(name => name !== 'null').map(name => TYPE_KINDS[name] ?? 'object')
  const [kind = 'unknown'] = type ? kinds : [commonKind(returned.map(kindOf))]
  const self = types.some(name => ['self', 'static'].includes(name)) && !isStatic(node)
  const { values, guesses } = valuesOf(VALUES, kind, argumentOf(node, type, kind))
  return {
    values: self ? [...values, '$this'] : values,
    ...(guesses && { guesses }),
    ...absence,
    hasNoValue: false,
  }
}

/** The names of a type and of its alternatives; `null` for `?`. */
function typesOf(type: Node): string[] {
  if (type.type === 'optional_type') return [...namedChildrenOf(type).flatMap(typesOf), 'null']
  if (type.type === 'union_type') return namedChildrenOf(type).flatMap(typesOf)
  return [type.text]
}

function isStatic(node: Node): boolean {
  return namedChildrenOf(node).some(child => child.type === 'static_modifier')
}

/** The first argument, if it has the type of the value, or nothing is known of both. */
function argumentOf(node: Node, type: Node | null, kind: Kind): string | undefined {
  const list = node.childForFieldName('parameters')
  const [parameter] = list ? partsOf(list) : []
  if (parameter?.type !== 'simple_parameter') return undefined
  const declared = parameter.childForFieldName('type')?.text
  const isCompatible =
    type && declared !== undefined ? declared === type.text : !type && kind === 'unknown'
  return isCompatible ? parameter.childForFieldName('name')?.text : undefined
}
