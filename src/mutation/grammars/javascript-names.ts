import { namedChildrenOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'

/** Nodes between a function and the name that it is given. */
const WRAPPERS = new Set([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'arguments',
  'call_expression',
])

/** `size`, `Stack.size`; undefined for a callback. */
export function functionName(node: Node): string | undefined {
  const holder = node.childForFieldName('name') ? node : holderOf(node)
  const name = holder && nameOf(holder)
  const owner = holder && ownerOf(holder)
  return name !== undefined && owner !== undefined ? `${owner}.${name}` : name
}

/** The class of a constructor. */
export function constructedClass(node: Node): string | undefined {
  return node.childForFieldName('name')?.text === 'constructor' ? ownerOf(node) : undefined
}

/** The declaration, property or assignment that has the function as its value. */
function holderOf(node: Node): Node | undefined {
  const parent = node.parent
  if (!parent) return undefined
  if (
    parent.type === 'call_expression' &&
    parent.childForFieldName('function')?.type !== 'identifier'
  ) {
    return undefined
  }
  return WRAPPERS.has(parent.type) ? holderOf(parent) : parent
}

function nameOf(holder: Node): string | undefined {
  if (holder.type === 'export_statement') return 'default'
  if (holder.type === 'assignment_expression') return lastName(holder.childForFieldName('left'))
  const name =
    holder.childForFieldName('name') ??
    holder.childForFieldName('key') ??
    holder.childForFieldName('property')
  if (!name || name.type.endsWith('_pattern')) return undefined
  const [fragment] = name.type === 'string' ? namedChildrenOf(name) : []
  return fragment?.text ?? name.text
}

function lastName(target: Node | null): string | undefined {
  return target?.type === 'member_expression'
    ? target.childForFieldName('property')?.text
    : target?.text
}

/** The class or the named object whose member this is. */
function ownerOf(member: Node): string | undefined {
  const body = member.parent
  if (body?.type === 'class_body' && body.parent) {
    const name = body.parent.childForFieldName('name')
    return name ? name.text : ownName(body.parent)
  }
  return body?.type === 'object' ? ownName(body) : undefined
}

function ownName(value: Node): string | undefined {
  const holder = holderOf(value)
  return holder?.type === 'variable_declarator' ? nameOf(holder) : undefined
}
