import type { Grammar } from '../grammar.ts'
import type { Kind } from '../kinds.ts'
import { namedChildrenOf, partsOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { isIgnored, javascript } from './javascript.ts'
import { shapeOf, type DeclaredValue, type Typing } from './javascript-shape.ts'

const TYPES = new Set([
  'interface_declaration',
  'type_alias_declaration',
  'ambient_declaration',
  'enum_declaration',
  'type_annotation',
  'type_parameters',
  'type_arguments',
  'function_signature',
  'method_signature',
  'abstract_method_signature',
])

const KINDS: Readonly<Record<string, Kind>> = {
  number: 'number',
  bigint: 'unknown',
  string: 'string',
  boolean: 'boolean',
  array_type: 'list',
  tuple_type: 'list',
  readonly_type: 'list',
  object_type: 'object',
  function_type: 'function',
  type_predicate: 'boolean',
  template_literal_type: 'string',
  Array: 'list',
  ReadonlyArray: 'list',
  Record: 'object',
  Map: 'map',
  ReadonlyMap: 'map',
  Set: 'set',
  ReadonlySet: 'set',
}

const NOTHING = new Set(['void', 'never', 'undefined', 'asserts'])

const typing: Typing = {
  returned(node) {
    const annotation = node.childForFieldName('return_type')
    const type = annotation && partsOf(annotation)[0]
    return type ? declaredValue(type) : undefined
  },
  first(parameter) {
    const annotation = parameter.childForFieldName('type')
    return (annotation && partsOf(annotation)[0]?.text) ?? undefined
  },
  disguised: value =>
    `${value.startsWith('{') || value.startsWith('()') ? `(${value})` : value} as never`,
}

function declaredValue(type: Node): DeclaredValue {
  const name = type.childForFieldName('name')?.text
  const [argument] =
    name === 'Promise' ? partsOf(type.childForFieldName('type_arguments') ?? type) : []
  if (argument) return { ...declaredValue(argument), isPromise: true }
  return {
    kind: kindOfType(type),
    isPromise: false,
    isNothing: NOTHING.has(type.text) || NOTHING.has(type.type),
    type: type.text,
  }
}

function kindOfType(type: Node): Kind {
  if (type.type === 'union_type') {
    const kinds = membersOf(type)
      .filter(member => !isAbsent(member))
      .map(kindOfType)
    const [first = 'unknown', ...others] = new Set(kinds)
    return others.length === 0 ? first : 'unknown'
  }
  if (type.type === 'literal_type') return kindOfLiteral(type)
  const name = type.childForFieldName('name')?.text ?? type.text
  return KINDS[type.type] ?? (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? 'unknown'
}

function membersOf(union: Node): Node[] {
  return namedChildrenOf(union).flatMap(member =>
    member.type === 'union_type' ? membersOf(member) : [member],
  )
}

function isAbsent(type: Node): boolean {
  return ['undefined', 'null'].includes(type.text)
}

function kindOfLiteral(type: Node): Kind {
  const literal = namedChildrenOf(type)[0]?.type ?? ''
  if (literal === 'true' || literal === 'false') return 'boolean'
  return literal === 'string' || literal === 'number' ? literal : 'unknown'
}

export const typescript: Grammar = {
  ...javascript,
  name: 'typescript',
  isIgnored: node => TYPES.has(node.type) || node.type.endsWith('_type') || isIgnored(node),
  shapeOf: node => shapeOf(node, typing),
  // Mutants are not checked for types.
  header: '// @ts-nocheck\n',
}

export const tsx: Grammar = { ...typescript, name: 'tsx' }
