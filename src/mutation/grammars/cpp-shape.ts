import type { FunctionShape } from '../grammar.ts'
import { childrenOf, inserted, partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { withArgument, type ChosenValues } from '../values.ts'

export const FUNCTIONS = new Set(['function_definition'])

const NUMBER =
  /^(?:(?:un)?signed|int|short|long|float|double|char|size_t|u?int\d+_t)(?: (?:int|long|char|double))*$/

/** What is declared: the part with the name, and what stands around it for a pointer or a reference. */
interface Declared {
  declarator: Node
  isPointer: boolean
  isReference: boolean
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  const declared = declaredBy(node.childForFieldName('declarator'))
  const name = declared && nameOf(declared.declarator, node)
  if (!body || !declared || name === undefined) return undefined
  const statements = partsOf(body)
  const [only, second] = statements
  const [result] = only?.type === 'return_statement' && !second ? partsOf(only) : []
  const type = typeOf(node, declared)
  const hasNoValue = type === undefined || type === 'void'
  return {
    name,
    // A constructor and its class have one name.
    ...(hasNoValue ? { values: [] } : valuesOf(declared, type)),
    ...(!hasNoValue && declared.isPointer ? { absence: 'nullptr' } : {}),
    ...(only && only.text !== 'return;' ? {} : { already: '' }),
    ...(result ? { already: alreadyOf(withoutParentheses(result).text, type) } : {}),
    isEmpty: !only && type !== undefined,
    hasNoValue,
    // What follows is still compiled, so that nothing becomes unused.
    returning: value => inserted(body.startIndex + 1, ` if (true) ${leaving(value, type)}`),
    shown: value => `return ${value === STATIC ? '{}' : value}`,
  }
}

/** `std::string{}` is another way to write the first value of its type. */
function alreadyOf(value: string, type = ''): string {
  const isEmpty = value === `${type}{}` || value === `${type}()`
  return isEmpty ? (valuesOfType(type)[0] ?? '{}') : value
}

const STATIC = 'redgreen'

function leaving(value: string | undefined, type: string | undefined): string {
  if (value === undefined) return 'return;'
  // A reference needs something that lives on.
  return value === STATIC ? `{ static ${type} ${STATIC}{}; return ${STATIC}; }` : `return ${value};`
}

function valuesOf({ declarator, isPointer, isReference }: Declared, type: string): ChosenValues {
  if (isPointer || type.includes('auto')) return { values: [] }
  if (isReference) return { values: [STATIC] }
  const argument = argumentOf(declarator, type)
  const [first = '{}', ...others] = valuesOfType(type)
  return withArgument(first, argument, others)
}

export function valuesOfType(type: string): readonly string[] {
  if (NUMBER.test(type)) return ['0', '1']
  if (type === 'bool') return ['false', 'true']
  if (type === 'std::string' || type === 'string') return ['""', '"redgreen"']
  return ['{}']
}

/** The type of the value as it is written; undefined for a constructor, which has none. */
export function typeOf(node: Node, { declarator }: Declared): string | undefined {
  const trailing = childrenOf(declarator).find(({ type }) => type === 'trailing_return_type')
  return (trailing ? partsOf(trailing)[0] : node.childForFieldName('type'))?.text
}

export function declaredBy(node: Node | null): Declared | undefined {
  if (!node) return undefined
  if (node.type === 'function_declarator') {
    return { declarator: node, isPointer: false, isReference: false }
  }
  const inner = node.childForFieldName('declarator') ?? partsOf(node).at(-1) ?? null
  const declared = inner && declaredBy(inner)
  if (!declared) return undefined
  const isPointer = declared.isPointer || node.type === 'pointer_declarator'
  return { ...declared, isPointer, isReference: node.type === 'reference_declarator' }
}

/** The first argument, if it has the type of the value. */
function argumentOf(declarator: Node, type: string): string | undefined {
  const list = declarator.childForFieldName('parameters')
  const [parameter] = list ? partsOf(list) : []
  const name = parameter?.childForFieldName('declarator')
  const target = name?.type === 'reference_declarator' ? partsOf(name)[0] : name
  const isSame = parameter?.childForFieldName('type')?.text === type
  return isSame && target?.type === 'identifier' ? target.text : undefined
}

/** `size`, `Stack.size`. Undefined for a destructor, and for a macro that looks like a function without a type. */
function nameOf(declarator: Node, node: Node): string | undefined {
  const named = declarator.childForFieldName('declarator')
  if (!named || named.type === 'destructor_name') return undefined
  const parts = namesOf(named)
  const owner = parts.at(-2) ?? classOf(node)
  const name = parts.at(-1) ?? ''
  if (name.startsWith('~')) return undefined
  const isConstructor = name === owner
  if (!node.childForFieldName('type') && !isConstructor && named.type !== 'operator_cast')
    return undefined
  return owner === undefined || isConstructor ? name : `${owner}.${name}`
}

/** `a::Stack<T>::size` → a, Stack, size */
function namesOf(named: Node): string[] {
  if (named.type !== 'qualified_identifier') return [named.text]
  const scope = named.childForFieldName('scope')
  const name = named.childForFieldName('name')
  return [
    ...(scope ? [scope.childForFieldName('name')?.text ?? scope.text] : []),
    ...(name ? namesOf(name) : []),
  ]
}

function classOf(node: Node): string | undefined {
  for (let above = node.parent; above; above = above.parent) {
    if (FUNCTIONS.has(above.type)) return undefined
    if (['class_specifier', 'struct_specifier'].includes(above.type)) {
      return above.childForFieldName('name')?.text
    }
  }
  return undefined
}
