import type { FunctionShape } from '../grammar.ts'
import { commonKind, MAX_DEPTH, type Kind } from '../kinds.ts'
import { inserted, nodesBelow, partsOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { valuesOf, type Values } from '../values.ts'

export const FUNCTIONS = new Set(['method', 'singleton_method'])
const CLOSED = new Set([...FUNCTIONS, 'lambda'])
const RETURNS = new Set(['return'])
const OWNERS = new Set(['class', 'module', 'singleton_class'])

const VALUES: Values = {
  number: ['0', '1'],
  string: ["''", "'redgreen'"],
  boolean: ['false', 'true'],
  list: ['[]', '[nil]'],
  object: ['{}', '{ redgreen: 0 }'],
}

const KINDS: Readonly<Record<string, Kind>> = {
  integer: 'number',
  float: 'number',
  string: 'string',
  true: 'boolean',
  false: 'boolean',
  array: 'list',
  string_array: 'list',
  hash: 'object',
  nil: 'absent',
}

const CALL_KINDS: Readonly<Record<string, Kind>> = {
  length: 'number',
  size: 'number',
  count: 'number',
  to_i: 'number',
  to_f: 'number',
  to_s: 'string',
  join: 'string',
  upcase: 'string',
  downcase: 'string',
  strip: 'string',
  to_a: 'list',
  map: 'list',
  sort: 'list',
  to_h: 'object',
}

const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '=~', '!~', '!', 'not'])

/** What kind of value an expression has, as far as its syntax shows it. */
export function kindOf(node: Node, depth = 0): Kind {
  if (depth > MAX_DEPTH) return 'unknown'
  const operator = node.childForFieldName('operator')?.type ?? ''
  if (node.type === 'binary' || node.type === 'unary') {
    if (COMPARISONS.has(operator)) return 'boolean'
    const kinds = ['left', 'right', 'operand'].flatMap(field => {
      const operand = node.childForFieldName(field)
      return operand ? [kindOf(operand, depth + 1)] : []
    })
    if (['+', '*', '%', '<<'].includes(operator) && kinds[0] === 'string') return 'string'
    return ['-', '*', '/', '+', '**'].includes(operator) ? commonKind(kinds) : 'unknown'
  }
  if (node.type === 'call') {
    const method = node.childForFieldName('method')?.text ?? ''
    if (method.endsWith('?')) return 'boolean'
    return (Object.hasOwn(CALL_KINDS, method) && CALL_KINDS[method]) || 'unknown'
  }
  const [inner, other] = node.type === 'parenthesized_statements' ? partsOf(node) : []
  return inner && !other ? kindOf(inner, depth + 1) : (KINDS[node.type] ?? 'unknown')
}

export function shapeOf(node: Node): FunctionShape {
  const name = node.childForFieldName('name')?.text ?? ''
  const owner = ownerOf(node)
  const isInitializer = name === 'initialize'
  const about = {
    name: owner === undefined ? name : `${owner}.${name}`,
    // A test that assigns `a.size = 1` contains `size`; one that makes an object contains its class.
    calledAs: (isInitializer ? owner : undefined) ?? name.replace(/[=?!]$/, ''),
  }
  const body = node.childForFieldName('body')
  const isEndless = body !== null && body.type !== 'body_statement'
  const statements = body ? (isEndless ? [body] : partsOf(body)) : []
  const kept = statements.findIndex(statement => !(isInitializer && isSuper(statement)))
  const rest = kept < 0 ? [] : statements.slice(kept)
  const [only, second] = rest
  const hasNoValue = isInitializer || name.endsWith('=')
  return {
    ...about,
    ...(hasNoValue ? { values: [] } : valuesFor(node, name, rest)),
    ...(hasNoValue ? {} : { absence: 'nil' }),
    ...(!only ? { already: '' } : second ? {} : { already: returnedText(only) }),
    isEmpty: !only && !isInitializer,
    hasNoValue,
    returning: value =>
      isEndless
        ? { start: body.startIndex, end: body.endIndex, text: value ?? 'nil' }
        : inserted(only?.startIndex ?? node.endIndex - 'end'.length, `${shown(value)}; `),
    shown: value => (isEndless ? value : `return ${value}`),
  }
}

function shown(value: string | undefined): string {
  return value === undefined ? 'return' : `return ${value}`
}

/** The value of a method is that of its last statement, or what it returns before. */
function valuesFor(
  node: Node,
  name: string,
  statements: readonly Node[],
): Pick<FunctionShape, 'values' | 'guesses'> {
  const early = nodesBelow(node, RETURNS, CLOSED).flatMap(valueOfReturn)
  const last = statements.at(-1)
  const kinds = [...early, ...(last && last.type !== 'return' ? [last] : [])].map(value =>
    kindOf(value),
  )
  const kind = name.endsWith('?') ? 'boolean' : commonKind(kinds)
  const list = node.childForFieldName('parameters')
  const [first] = list ? partsOf(list) : []
  const parameter = first?.type === 'optional_parameter' ? first.childForFieldName('name') : first
  const argument =
    kind === 'unknown' && parameter?.type === 'identifier' ? parameter.text : undefined
  return valuesOf(VALUES, kind, argument)
}

function valueOfReturn(statement: Node): Node[] {
  return partsOf(statement).flatMap(list => partsOf(list).slice(0, 1))
}

function returnedText(statement: Node): string {
  return statement.type === 'return' ? (valueOfReturn(statement)[0]?.text ?? 'nil') : statement.text
}

function isSuper(statement: Node): boolean {
  return statement.type === 'super' || statement.childForFieldName('method')?.type === 'super'
}

function ownerOf(node: Node): string | undefined {
  for (let above = node.parent; above; above = above.parent) {
    if (FUNCTIONS.has(above.type)) return undefined
    if (above.type !== 'singleton_class' && OWNERS.has(above.type)) {
      return above.childForFieldName('name')?.text
    }
  }
  return undefined
}
