import type { FunctionShape } from '../grammar.ts'
import { inserted, namedChildrenOf, partsOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { withArgument } from '../values.ts'

export const FUNCTIONS = new Set(['function_declaration', 'method_declaration', 'func_literal'])

/** What a result of a type can be: the zero value, and another one for tests that expect zero. */
interface Result {
  zero: string
  other?: string
  /** `nil` for a pointer: nothing is there. */
  absence?: string
}

const NUMBER = /^(?:u?int(?:8|16|32|64|ptr)?|float(?:32|64)|byte|rune)$/

/** The types of the results, one for each value. */
export function resultsOf(node: Node): Node[] {
  const result = node.childForFieldName('result')
  if (!result) return []
  if (result.type !== 'parameter_list') return [result]
  return partsOf(result).flatMap(parameter => {
    const type = parameter.childForFieldName('type')
    const names = parameter.childrenForFieldName('name').length
    return type ? Array.from({ length: Math.max(1, names) }, () => type) : []
  })
}

/** A value of the type that compiles whatever the type is. */
export function zeroOf(type: Node): string {
  return resultOf(type).zero
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  if (!body) return undefined
  const [list] = partsOf(body)
  const statements = list?.type === 'statement_list' ? partsOf(list) : partsOf(body)
  const types = resultsOf(node)
  const name = nameOf(node)
  const [only, second] = statements
  const isReturn = only?.type === 'return_statement' && !second
  const zeros = types.map(zeroOf).join(', ')
  const returned = isReturn ? alreadyOf(partsOf(only)[0]?.text ?? zeros, types) : undefined
  return {
    ...(name === undefined ? {} : { name }),
    ...valuesOf(node, types),
    ...(only ? {} : { already: '' }),
    ...(returned === undefined ? {} : { already: returned }),
    isEmpty: !only && types.length === 0,
    hasNoValue: types.length === 0,
    // What follows is still compiled, so that no import or variable becomes unused.
    returning: value =>
      inserted(
        body.startIndex + 1,
        ` if true { return${value === undefined ? '' : ` ${value}`} };`,
      ),
    shown: value => `return ${value}`,
  }
}

/** `Stack{}` and `&Stack{}` are other ways to write what nothing was put into. */
function alreadyOf(returned: string, types: readonly Node[]): string {
  const [type, other] = types
  if (!type || other) return returned
  const isZero = returned === `${type.text}{}` || returned === `&${type.text.slice(1)}{}`
  return isZero ? zeroOf(type) : returned
}

function valuesOf(
  node: Node,
  types: readonly Node[],
): Pick<FunctionShape, 'values' | 'guesses' | 'absence'> {
  const results = types.map(resultOf)
  const zeros = results.map(({ zero }) => zero)
  const variants = results.flatMap(({ other }, at) =>
    other === undefined ? [] : [{ value: zeros.with(at, other).join(', '), type: types[at]?.text }],
  )
  const others = variants.map(({ value }) => value)
  const errors = types.length > 1 ? variants.filter(({ type }) => type === 'error') : []
  const argument = argumentOf(node, types)
  const nothing = results.map(({ zero, absence }) => absence ?? zero)
  const hasAbsence = results.some(({ absence }) => absence !== undefined)
  return {
    ...withArgument(types.length === 0 ? undefined : zeros.join(', '), argument, others),
    // A test that notices only an error in place of a value asserts nothing about the value.
    ...(errors.length > 0 && { guesses: new Map(errors.map(({ value }) => [value, 'error'])) }),
    ...(hasAbsence ? { absence: nothing.join(', ') } : {}),
  }
}

function resultOf(type: Node): Result {
  const { text } = type
  if (NUMBER.test(text)) return { zero: '0', other: '1' }
  if (text === 'string') return { zero: '""', other: '"redgreen"' }
  if (text === 'bool') return { zero: 'false', other: 'true' }
  // An error whose text nobody can read, without an import.
  if (text === 'error') return { zero: 'nil', other: 'struct{ error }{}' }
  if (text === 'any') return { zero: '0', absence: 'nil' }
  switch (type.type) {
    case 'pointer_type':
      return { zero: `new(${text.slice(1)})`, absence: 'nil' }
    case 'slice_type':
      return { zero: 'nil', other: `make(${text}, 1)` }
    case 'map_type':
      return { zero: `${text}{}`, absence: 'nil' }
    case 'function_type':
    case 'channel_type':
    case 'interface_type':
      return { zero: 'nil' }
    default:
      return { zero: `*new(${text})` }
  }
}

/** The first argument, if it has the type of the only result. */
function argumentOf(node: Node, [type, other]: readonly Node[]): string | undefined {
  const list = node.childForFieldName('parameters')
  const [parameter] = list ? partsOf(list) : []
  const name = parameter?.type === 'parameter_declaration' && parameter.childForFieldName('name')
  const isSame = type && !other && parameter?.childForFieldName('type')?.text === type.text
  return name && isSame && name.text !== '_' ? name.text : undefined
}

/** `Size`, `Stack.Push`; `fn` for `fn := func() {}`. */
function nameOf(node: Node): string | undefined {
  const name = node.childForFieldName('name')?.text
  const receiver = node.childForFieldName('receiver')
  if (name === undefined) return assignedName(node)
  const type = receiver && namedChildrenOf(receiver)[0]?.childForFieldName('type')
  return type ? `${/\w+/.exec(type.text)?.[0] ?? ''}.${name}` : name
}

function assignedName(node: Node): string | undefined {
  const holder = node.parent?.type === 'expression_list' ? node.parent.parent : null
  const target = holder?.childForFieldName('left') ?? holder?.childForFieldName('name')
  return target && namedChildrenOf(target).length <= 1 ? target.text : undefined
}
