import type { FunctionShape, ReturnedShape } from '../grammar.ts'
import { valuesOf, type Values } from '../values.ts'
import { commonKind, type Kind } from '../kinds.ts'
import { childrenOf, nodesBelow, partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { kindOf } from './javascript-kinds.ts'
import { constructedClass, functionName } from './javascript-names.ts'

export const FUNCTIONS = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
])

const RETURNS = new Set(['return_statement'])
const ABSENCE = 'undefined'

const VALUES: Values = {
  number: ['0', '1'],
  string: ["''", "'redgreen'"],
  boolean: ['false', 'true'],
  list: ['[]', '[undefined]'],
  object: ['{}', '{ redgreen: 0 }'],
  map: ['new Map()', "new Map([['redgreen', 0]])"],
  set: ['new Set()', "new Set(['redgreen'])"],
  function: ['() => {}', '() => 0'],
  element: ['null'],
}

/** What the declared type says: the kind of the value, whether it is in a promise, and whether there is one. */
export interface DeclaredValue {
  kind: Kind
  isPromise: boolean
  isNothing: boolean
  /** The type as it is written. */
  type: string
}

export interface Typing {
  returned(node: Node): DeclaredValue | undefined
  /** The declared type of the first parameter, if it has one. */
  first(parameter: Node): string | undefined
  /** A value of another type than the declared one, as it is written so that it compiles. */
  disguised(value: string): string
}

export function shapeOf(node: Node, typing: Typing): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  if (!body) return undefined
  const name = functionName(node)
  const constructed = constructedClass(node)
  const about = {
    ...(name === undefined ? {} : { name }),
    ...(constructed === undefined ? {} : { calledAs: constructed }),
  }
  if (body.type !== 'statement_block') return { ...about, ...expressionShape(node, body, typing) }
  const start = startOf(body, constructed !== undefined && hasSuper(body))
  if (start === undefined) return undefined
  const [only, second] = start.rest
  const [result] = only?.type === 'return_statement' ? partsOf(only) : []
  const isEmpty = only === undefined
  return {
    ...about,
    ...valueShape(node, returnedBy(body), typing),
    ...(result && !second ? { already: withoutParentheses(result).text } : {}),
    isEmpty: isEmpty && constructed === undefined,
    ...(isEmpty || (only.text.startsWith('return') && !result) ? { already: '' } : {}),
    returning: value => ({
      start: start.at,
      end: start.at,
      text: `${start.separator} ${leaving(value, typing)}`,
    }),
    shown: value => `return ${value}`,
  }
}

function leaving(value: string | undefined, typing: Typing): string {
  return value === undefined ? 'return;' : `return ${typing.disguised(value)};`
}

/** `x => x + 1` */
function expressionShape(node: Node, body: Node, typing: Typing): FunctionShape {
  const inner = withoutParentheses(body)
  const hasEffect = ['assignment_expression', 'update_expression'].includes(inner.type)
  const { values, ...rest } = valueShape(node, hasEffect ? [] : [inner], typing)
  return {
    ...rest,
    values,
    already: inner.text,
    isEmpty: false,
    returning: value => ({
      start: body.startIndex,
      end: body.endIndex,
      text: `(${typing.disguised(value ?? ABSENCE)})`,
    }),
    shown: value => value,
  }
}

function valueShape(node: Node, returned: readonly Node[], typing: Typing): ReturnedShape {
  const declared = typing.returned(node)
  const nothing = { values: [], hasNoValue: true }
  if (declared?.isNothing || childrenOf(node).some(({ type }) => type === '*')) return nothing
  if (returned.length === 0 && (declared || !isEmptyBody(node))) return nothing
  const kind =
    declared && declared.kind !== 'unknown'
      ? declared.kind
      : commonKind(returned.map(value => kindOf(value)))
  const isAsync = childrenOf(node).some(({ type }) => type === 'async')
  const { values, guesses } = valuesOf(
    VALUES,
    kind,
    compatibleArgument(node, kind, declared, typing),
  )
  const isWrapped = declared?.isPromise && !isAsync
  const written = (value: string) => (isWrapped ? `Promise.resolve(${value})` : value)
  return {
    values: values.map(written),
    ...(guesses && {
      guesses: new Map([...guesses].map(([value, guess]) => [written(value), guess])),
    }),
    absence: written(ABSENCE),
    hasNoValue: false,
  }
}

/** Nothing is what it returns on purpose, or because it was not written. Only a test that expects nothing distinguishes them. */
function isEmptyBody(node: Node): boolean {
  const body = node.childForFieldName('body')
  const isBlock = body?.type === 'statement_block' && partsOf(body).length === 0
  return isBlock && constructedClass(node) === undefined
}

/** The first parameter, if its type is that of the value or nothing is known of both. */
function compatibleArgument(
  node: Node,
  kind: Kind,
  declared: DeclaredValue | undefined,
  typing: Typing,
): string | undefined {
  const single = node.childForFieldName('parameter')
  const list = node.childForFieldName('parameters')
  const parameter = single ?? (list ? partsOf(list)[0] : undefined)
  if (!parameter) return undefined
  const name = nameOfParameter(parameter)
  const type = typing.first(parameter)
  const isCompatible = declared && type !== undefined ? type === declared.type : kind === 'unknown'
  return name !== undefined && isCompatible ? name : undefined
}

function nameOfParameter(parameter: Node): string | undefined {
  const named =
    parameter.childForFieldName('pattern') ?? parameter.childForFieldName('left') ?? parameter
  return named.type === 'identifier' ? named.text : undefined
}

function returnedBy(body: Node): Node[] {
  return nodesBelow(body, RETURNS, FUNCTIONS).flatMap(statement => partsOf(statement).slice(0, 1))
}

/** Where a statement runs first: after directives, and after the call of the parent's constructor. */
function startOf(
  body: Node,
  afterSuper: boolean,
): { at: number; separator: string; rest: Node[] } | undefined {
  const statements = partsOf(body)
  const called = statements.findIndex(isSuperCall)
  if (afterSuper && called < 0) return undefined
  const directives = statements.findIndex(
    statement =>
      statement.type !== 'expression_statement' || partsOf(statement)[0]?.type !== 'string',
  )
  const prologue = directives < 0 ? statements.length : directives
  const count = afterSuper ? called + 1 : prologue
  const last = statements[count - 1]
  const at = last ? last.endIndex : body.startIndex + 1
  return { at, separator: last ? ';' : '', rest: statements.slice(count) }
}

function isSuperCall(statement: Node): boolean {
  return partsOf(statement)[0]?.childForFieldName('function')?.type === 'super'
}

function hasSuper(body: Node): boolean {
  return nodesBelow(body, new Set(['super']), FUNCTIONS).some(
    ({ parent }) => parent?.type === 'call_expression',
  )
}
