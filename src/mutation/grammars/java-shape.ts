import type { FunctionShape } from '../grammar.ts'
import { inserted, namedChildrenOf, nodesBelow, partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { withArgument, type ChosenValues } from '../values.ts'

export const FUNCTIONS = new Set([
  'method_declaration',
  'constructor_declaration',
  'compact_constructor_declaration',
  'lambda_expression',
])
const RETURNS = new Set(['return_statement'])

const LISTS = ['new java.util.ArrayList<>()', 'java.util.Collections.singletonList(null)']

/** How code writes the empty values of the standard library. */
const EMPTY = new Set([
  'List.of()',
  'Set.of()',
  'Map.of()',
  'Optional.empty()',
  'Stream.empty()',
  'Collections.emptyList()',
  'Collections.emptySet()',
  'Collections.emptyMap()',
  'new ArrayList<>()',
  'new HashSet<>()',
  'new HashMap<>()',
])

const VALUES: Readonly<Record<string, readonly string[]>> = {
  int: ['0', '1'],
  short: ['0', '1'],
  byte: ['0', '1'],
  long: ['0', '1'],
  float: ['0', '1'],
  double: ['0', '1'],
  char: ["' '", "'r'"],
  boolean: ['false', 'true'],
  Integer: ['0', '1'],
  Long: ['0L', '1L'],
  Double: ['0.0', '1.0'],
  Boolean: ['false', 'true'],
  String: ['""', '"redgreen"'],
  CharSequence: ['""', '"redgreen"'],
  List: LISTS,
  Collection: LISTS,
  Iterable: LISTS,
  Set: ['new java.util.HashSet<>()', 'java.util.Collections.singleton(null)'],
  Map: ['new java.util.HashMap<>()', 'java.util.Collections.singletonMap(null, null)'],
  Optional: ['java.util.Optional.empty()'],
  Stream: ['java.util.stream.Stream.empty()'],
}

/** Values of a declared type, the zero-like one first. */
export function valuesOfType(type: Node): readonly string[] {
  const name = type.type === 'generic_type' ? (partsOf(type)[0]?.text ?? '') : type.text
  if (type.type === 'array_type' && !type.text.includes('<')) {
    const element = type.childForFieldName('element')?.text ?? ''
    const more = (type.childForFieldName('dimensions')?.text ?? '[]').slice(2)
    return [`new ${element}[0]${more}`]
  }
  return (Object.hasOwn(VALUES, name) && VALUES[name]) || []
}

export function isPrimitive(type: Node): boolean {
  return ['integral_type', 'floating_point_type', 'boolean_type'].includes(type.type)
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  // A compact constructor cannot return, and the type of a lambda is not written.
  if (!body || node.type === 'compact_constructor_declaration') return undefined
  if (node.type === 'lambda_expression' && returnsIn(body)) return undefined
  const isConstructor = node.type === 'constructor_declaration'
  const owner = ownerOf(node)
  const ownerName = owner?.childForFieldName('name')?.text ?? ''
  if (isConstructor && owner && hasFinalFields(owner)) return undefined
  const calls = partsOf(body).filter(({ type }) => type === 'explicit_constructor_invocation')
  const rest = partsOf(body).slice(calls.length)
  const [only, second] = rest
  const [result] = only?.type === 'return_statement' && !second ? partsOf(only) : []
  const name = node.childForFieldName('name')?.text
  const type = node.childForFieldName('type')
  const hasNoValue = !type || type.type === 'void_type'
  const isReference = !hasNoValue && !isPrimitive(type)
  return {
    ...(name === undefined ? {} : { name: isConstructor ? name : `${ownerName}.${name}` }),
    ...(hasNoValue
      ? { values: [] }
      : valuesOf(node, type, ownerName, result !== undefined && EMPTY.has(result.text))),
    ...(isReference ? { absence: 'null' } : {}),
    ...(only && only.text !== 'return;' ? {} : { already: '' }),
    ...(result ? { already: withoutParentheses(result).text } : {}),
    isEmpty: !only && node.type === 'method_declaration',
    hasNoValue,
    // What follows is still compiled: a statement that is never reached would be an error.
    returning: value =>
      inserted(
        calls.at(-1)?.endIndex ?? body.startIndex + 1,
        ` if (true) return${value === undefined ? '' : ` ${value}`};`,
      ),
    shown: value => `return ${value}`,
  }
}

function returnsIn(body: Node): boolean {
  if (body.type !== 'block') return true
  return nodesBelow(body, RETURNS, FUNCTIONS).some(statement => partsOf(statement).length > 0)
}

function valuesOf(node: Node, type: Node, owner: string, isEmptyAlready: boolean): ChosenValues {
  const [first, ...others] = valuesOfType(type)
  const list = node.childForFieldName('parameters')
  const [parameter] = list ? partsOf(list) : []
  const isSame =
    parameter?.type === 'formal_parameter' &&
    parameter.childForFieldName('type')?.text === type.text
  const argument = isSame ? parameter.childForFieldName('name')?.text : undefined
  const modifiers = namedChildrenOf(node).find(child => child.type === 'modifiers')
  const isStatic = modifiers !== undefined && /\bstatic\b/.test(modifiers.text)
  const [typeName] = type.type === 'generic_type' ? partsOf(type) : [type]
  const self = typeName?.text === owner && !isStatic ? ['this'] : []
  return withArgument(isEmptyAlready ? undefined : first, argument, [...self, ...others])
}

function ownerOf(node: Node): Node | undefined {
  for (let above = node.parent; above; above = above.parent) {
    if (above.type.endsWith('_declaration') && above.childForFieldName('body')) return above
  }
  return undefined
}

/** A constructor that leaves early would leave them without a value, which does not compile. */
function hasFinalFields(owner: Node): boolean {
  const body = owner.childForFieldName('body')
  return (body ? partsOf(body) : []).some(
    field =>
      field.type === 'field_declaration' &&
      /\bfinal\b/.test(partsOf(field)[0]?.text ?? '') &&
      !field.childForFieldName('declarator')?.childForFieldName('value'),
  )
}
