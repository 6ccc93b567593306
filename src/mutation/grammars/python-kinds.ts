import { commonKind, MAX_DEPTH, type Kind } from '../kinds.ts'
import { localKind, type Assignments } from '../local-kinds.ts'
import { partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'

const KINDS: Readonly<Record<string, Kind>> = {
  integer: 'number',
  float: 'number',
  string: 'string',
  concatenated_string: 'string',
  true: 'boolean',
  false: 'boolean',
  comparison_operator: 'boolean',
  not_operator: 'boolean',
  list: 'list',
  list_comprehension: 'list',
  tuple: 'tuple',
  expression_list: 'tuple',
  dictionary: 'object',
  dictionary_comprehension: 'object',
  set: 'set',
  set_comprehension: 'set',
  none: 'absent',
}

/** Functions and methods of the standard library that mean one kind only. */
const CALL_KINDS: Readonly<Record<string, Kind>> = {
  ...named('number', ['len', 'int', 'float', 'round', 'ord', 'index']),
  ...named('string', ['str', 'repr', 'join', 'strip', 'lower', 'upper', 'title', 'format']),
  ...named('boolean', ['bool', 'isinstance', 'any', 'all', 'callable', 'startswith', 'endswith']),
  ...named('list', ['list', 'sorted', 'split', 'splitlines']),
  ...named('object', ['dict']),
  ...named('tuple', ['tuple']),
  ...named('set', ['set']),
}

const TYPE_KINDS: Readonly<Record<string, Kind>> = {
  ...named('number', ['int', 'float']),
  ...named('string', ['str']),
  ...named('boolean', ['bool', 'TypeGuard', 'TypeIs']),
  ...named('list', ['list', 'List', 'Sequence', 'Iterable', 'Collection']),
  ...named('object', ['dict', 'Dict', 'Mapping', 'MutableMapping']),
  ...named('tuple', ['tuple', 'Tuple']),
  ...named('set', ['set', 'Set', 'frozenset', 'FrozenSet']),
}

function named(kind: Kind, names: readonly string[]): Record<string, Kind> {
  return Object.fromEntries(names.map(name => [name, kind]))
}

/** What kind of value an expression has, as far as its syntax shows it. */
export function kindOf(expression: Node, depth = 0): Kind {
  if (depth > MAX_DEPTH) return 'unknown'
  const node = withoutParentheses(expression)
  if (node.type === 'conditional_expression') {
    const [value, , other] = partsOf(node)
    return value && other
      ? commonKind([kindOf(value, depth + 1), kindOf(other, depth + 1)])
      : 'unknown'
  }
  if (node.type === 'identifier') return depth === 0 ? localKind(node, ASSIGNMENTS) : 'unknown'
  if (node.type === 'binary_operator') return operationKind(node, depth)
  if (node.type === 'call') {
    const called = node.childForFieldName('function')
    const name = called?.childForFieldName('attribute') ?? called
    return (name && Object.hasOwn(CALL_KINDS, name.text) && CALL_KINDS[name.text]) || 'unknown'
  }
  return KINDS[node.type] ?? 'unknown'
}

const ASSIGNMENTS: Assignments = {
  scopes: new Set(['function_definition']),
  types: new Set(['assignment']),
  partsOf: node => ['left', 'right'].map(field => node.childForFieldName(field)),
  kindOf: value => kindOf(value, MAX_DEPTH),
}

function operationKind(node: Node, depth: number): Kind {
  const [left, right] = ['left', 'right'].map(field => {
    const operand = node.childForFieldName(field)
    return operand ? kindOf(operand, depth + 1) : 'unknown'
  })
  const operator = node.childForFieldName('operator')?.type ?? ''
  if (operator === '+' && (left === 'list' || right === 'list')) return 'list'
  if (['+', '%'].includes(operator) && (left === 'string' || right === 'string')) return 'string'
  if (['/', '//', '**'].includes(operator)) return 'number'
  return left === 'number' && right === 'number' ? 'number' : 'unknown'
}

/** What a declared type means: the kind of the value, or that there is none. */
export function kindOfType(type: Node): Kind | 'nothing' {
  const [inner, ...others] = partsOf(type)
  if (type.type === 'type' && inner) return kindOfType(inner)
  if (type.type === 'string')
    return typeNamed(partsOf(type).find(({ type: part }) => part === 'string_content')?.text)
  if (['none', 'NoReturn', 'Never'].includes(type.text) || type.text === 'None') return 'nothing'
  if (type.type === 'union_type' || type.type === 'binary_operator') {
    const kinds = partsOf(type)
      .map(kindOfType)
      .filter(kind => kind !== 'nothing')
    return commonKind(kinds)
  }
  if (inner?.text === 'Optional' && others[0]) return kindOfType(partsOf(others[0])[0] ?? type)
  return typeNamed(
    type.type === 'generic_type' || type.type === 'subscript' ? inner?.text : type.text,
  )
}

function typeNamed(name = ''): Kind {
  return (Object.hasOwn(TYPE_KINDS, name) && TYPE_KINDS[name]) || 'unknown'
}
