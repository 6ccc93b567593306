import type { FunctionShape, ReturnedShape } from '../grammar.ts'
import { commonKind, type Kind } from '../kinds.ts'
import { inserted, nodesBelow, partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { valuesOf, type Values } from '../values.ts'
import { kindOf, kindOfType } from './python-kinds.ts'

export const FUNCTIONS = new Set(['function_definition', 'lambda'])
const RETURNS = new Set(['return_statement'])
const YIELDS = new Set(['yield'])

const VALUES: Values = {
  number: ['0', '1'],
  string: ["''", "'redgreen'"],
  boolean: ['False', 'True'],
  list: ['[]', '[None]'],
  tuple: ['()', '(None,)'],
  object: ['{}', "{'redgreen': 0}"],
  set: ['set()', "{'redgreen'}"],
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  if (!body) return undefined
  return node.type === 'lambda' ? lambdaShape(node, body) : methodShape(node, body)
}

function lambdaShape(node: Node, body: Node): FunctionShape {
  const target = node.parent?.type === 'assignment' ? node.parent.childForFieldName('left') : null
  return {
    ...(target ? { name: target.text } : {}),
    ...valuesOf(VALUES, kindOf(body), argumentOf(node, kindOf(body), undefined)),
    absence: 'None',
    already: withoutParentheses(body).text,
    isEmpty: false,
    hasNoValue: false,
    returning: value => ({ start: body.startIndex, end: body.endIndex, text: value ?? 'None' }),
    shown: value => value,
  }
}

function methodShape(node: Node, body: Node): FunctionShape | undefined {
  const statements = partsOf(body)
  const kept = statements.findIndex(statement => !isPrologue(statement))
  const rest = kept < 0 ? [] : statements.slice(kept)
  const start = rest[0] ?? statements.at(-1)
  if (!start || isDeclaration(node, rest)) return undefined
  const isEmpty = rest.every(({ type }) => type === 'pass_statement')
  const [only, second] = rest
  const [result] = only?.type === 'return_statement' && !second ? partsOf(only) : []
  const name = node.childForFieldName('name')?.text ?? ''
  const owner = ownerOf(node)
  const isOwn = /^__\w+__$/.test(name) && owner !== undefined
  return {
    name: owner === undefined ? name : `${owner}.${name}`,
    ...(isOwn ? { calledAs: owner } : {}),
    ...returnedShape(node, body, isEmpty && name !== '__init__'),
    ...(isEmpty || only?.text === 'return' ? { already: '' } : {}),
    ...(result ? { already: withoutParentheses(result).text } : {}),
    isEmpty: isEmpty && name !== '__init__',
    returning: value => inserted(start.startIndex, leaving(value, node, start)),
    shown: value => `return ${value}`,
  }
}

/** `...`, `raise NotImplementedError`, or what a decorator declares to have no body. */
function isDeclaration(node: Node, [only, second]: readonly Node[]): boolean {
  const decorators = node.parent?.type === 'decorated_definition' ? partsOf(node.parent) : []
  if (
    decorators.some(
      ({ type, text }) => type === 'decorator' && /\b(?:abstractmethod|overload)\b/.test(text),
    )
  )
    return true
  if (!only || second) return false
  return only.text === '...' || /^raise NotImplementedError\b/.test(only.text)
}

/** A statement before another one, on a line of its own if that has one. */
function leaving(value: string | undefined, node: Node, start: Node): string {
  const statement = value === undefined ? 'return' : `return ${value}`
  if (start.startPosition.row === node.startPosition.row) return `${statement}; `
  const { text, startIndex } = start.tree.rootNode
  // The text of the root begins with its first token.
  const end = start.startIndex - startIndex
  const line = text.slice(Math.max(0, end - start.startPosition.column), end)
  return `${statement}\n${/^\s*/.exec(line)?.[0] ?? ''}`
}

/**
 * Nothing is what an empty function returns on purpose, or because it was not written. Only a test that expects nothing distinguishes them.
 */
function returnedShape(node: Node, body: Node, isEmpty: boolean): ReturnedShape {
  const type = node.childForFieldName('return_type')
  const declared = type ? kindOfType(type) : 'unknown'
  const returned = nodesBelow(body, RETURNS, FUNCTIONS).flatMap(partsOf)
  const isGenerator = nodesBelow(body, YIELDS, FUNCTIONS).length > 0
  const hasNoValue = returned.length === 0 && !(isEmpty && declared === 'unknown')
  if (declared === 'nothing' || isGenerator || hasNoValue) return { values: [], hasNoValue: true }
  const kind = declared === 'unknown' ? commonKind(returned.map(value => kindOf(value))) : declared
  return {
    ...valuesOf(VALUES, kind, argumentOf(node, kind, type?.text)),
    absence: 'None',
    hasNoValue: false,
  }
}

/** The first argument, if it has the type of the value, or nothing is known of both. */
function argumentOf(node: Node, kind: Kind, returned: string | undefined): string | undefined {
  const list = node.childForFieldName('parameters')
  const [first, second] = list ? partsOf(list) : []
  const parameter = first && /^(?:self|cls)$/.test(first.text) ? second : first
  if (!parameter || parameter.type.endsWith('_pattern')) return undefined
  const type = parameter.childForFieldName('type')?.text
  const isCompatible =
    type !== undefined && returned !== undefined ? type === returned : kind === 'unknown'
  const name =
    parameter.childForFieldName('name') ??
    (parameter.type === 'identifier' ? parameter : partsOf(parameter)[0])
  return isCompatible && name?.type === 'identifier' ? name.text : undefined
}

/** The docstring, and the call of the parent's constructor. */
function isPrologue(statement: Node): boolean {
  const [only] = statement.type === 'expression_statement' ? partsOf(statement) : []
  return only?.type === 'string' || /^super\(.*\)\.__init__\(/.test(only?.text ?? '')
}

/** The class that the function is a method of. */
function ownerOf(node: Node): string | undefined {
  const definition = node.parent?.type === 'decorated_definition' ? node.parent : node
  const owner = definition.parent?.parent
  return owner?.type === 'class_definition' ? owner.childForFieldName('name')?.text : undefined
}
