import { commonKind, MAX_DEPTH, type Kind } from '../kinds.ts'
import { localKind, type Assignments } from '../local-kinds.ts'
import { partsOf, withoutParentheses } from '../nodes.ts'
import type { Node } from '../syntax.ts'

const KINDS: Readonly<Record<string, Kind>> = {
  number: 'number',
  string: 'string',
  template_string: 'string',
  true: 'boolean',
  false: 'boolean',
  array: 'list',
  object: 'object',
  new_expression: 'object',
  arrow_function: 'function',
  function_expression: 'function',
  jsx_element: 'element',
  jsx_self_closing_element: 'element',
  null: 'absent',
  undefined: 'absent',
}

const OPERATOR_KINDS: readonly (readonly [Kind, readonly string[]])[] = [
  ['boolean', ['<', '<=', '>', '>=', '==', '===', '!=', '!==', '!', 'in', 'instanceof', 'delete']],
  ['number', ['-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '~']],
  ['string', ['typeof']],
]

/** Members of the standard library that mean one kind only. */
const MEMBER_KINDS: readonly (readonly [Kind, readonly string[]])[] = [
  ['number', ['length', 'size', 'indexOf', 'findIndex', 'lastIndexOf']],
  ['boolean', ['includes', 'has', 'some', 'every', 'startsWith', 'endsWith', 'isArray', 'test']],
  [
    'string',
    ['join', 'trim', 'toUpperCase', 'toLowerCase', 'toFixed', 'padStart', 'padEnd', 'repeat'],
  ],
  ['list', ['map', 'filter', 'split', 'flatMap', 'toSorted', 'toReversed', 'keys', 'entries']],
]

/** What kind of value an expression has, as far as its syntax shows it. */
export function kindOf(expression: Node, depth = 0): Kind {
  if (depth > MAX_DEPTH) return 'unknown'
  const node = withoutParentheses(expression)
  switch (node.type) {
    case 'binary_expression':
    case 'unary_expression':
      return operationKind(node, depth)
    case 'ternary_expression':
      return commonKind(['consequence', 'alternative'].map(field => fieldKind(node, field, depth)))
    case 'member_expression':
      return memberKind(node, ['number'])
    case 'call_expression': {
      const called = node.childForFieldName('function')
      return called?.type === 'member_expression'
        ? memberKind(called, ['number', 'boolean', 'string', 'list'])
        : 'unknown'
    }
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression': {
      const [inner] = partsOf(node)
      return inner ? kindOf(inner, depth + 1) : 'unknown'
    }
    case 'identifier':
      return depth === 0 ? localKind(node, ASSIGNMENTS) : 'unknown'
    default:
      return KINDS[node.type] ?? 'unknown'
  }
}

const ASSIGNMENTS: Assignments = {
  scopes: new Set([
    'function_declaration',
    'function_expression',
    'arrow_function',
    'method_definition',
  ]),
  types: new Set(['variable_declarator', 'assignment_expression']),
  partsOf: node =>
    [
      ['name', 'left'],
      ['value', 'right'],
    ].map(([one = '', other = '']) => node.childForFieldName(one) ?? node.childForFieldName(other)),
  kindOf: value => kindOf(value, MAX_DEPTH),
}

function fieldKind(node: Node, field: string, depth: number): Kind {
  const value = node.childForFieldName(field)
  return value ? kindOf(value, depth + 1) : 'unknown'
}

function operationKind(node: Node, depth: number): Kind {
  const operator = node.childForFieldName('operator')?.type ?? ''
  const kinds = ['left', 'right'].map(field => fieldKind(node, field, depth))
  if (operator === '+') return kinds.includes('string') ? 'string' : commonOfBoth(kinds)
  if (['&&', '||', '??'].includes(operator)) return commonOfBoth(kinds)
  return listed(OPERATOR_KINDS, operator)
}

function commonOfBoth(kinds: readonly Kind[]): Kind {
  return kinds.includes('absent') ? 'unknown' : commonKind(kinds)
}

function memberKind(member: Node, allowed: readonly Kind[]): Kind {
  const kind = listed(MEMBER_KINDS, member.childForFieldName('property')?.text ?? '')
  return allowed.includes(kind) ? kind : 'unknown'
}

function listed(table: readonly (readonly [Kind, readonly string[]])[], name: string): Kind {
  return table.find(([, names]) => names.includes(name))?.[0] ?? 'unknown'
}
