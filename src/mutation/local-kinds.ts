import { commonKind, type Kind } from './kinds.ts'
import { nodesBelow } from './nodes.ts'
import type { Node } from './syntax.ts'

/** How a language gives values to variables. */
export interface Assignments {
  /** Types of the nodes that have variables of their own. */
  scopes: ReadonlySet<string>
  /** Types of the nodes that assign. */
  types: ReadonlySet<string>
  /** The variable and its value. */
  partsOf(assignment: Node): (Node | null)[]
  /** The kind of a value by itself, without what other variables contain. */
  kindOf(value: Node): Kind
}

/** `let total = 0`: the kind that all values have which the function around a variable assigns to it. */
export function localKind(variable: Node, assignments: Assignments): Kind {
  let owner = variable.parent
  while (owner && !assignments.scopes.has(owner.type)) owner = owner.parent
  return owner ? (kindsIn(owner, assignments).get(variable.text) ?? 'unknown') : 'unknown'
}

/**
 * The variables of a function with their kinds, read once for all expressions in it. Functions inside are not looked into, so that nesting
 * costs nothing.
 */
function kindsIn(owner: Node, assignments: Assignments): ReadonlyMap<string, Kind> {
  const known = KINDS.get(owner.tree) ?? new Map<number, ReadonlyMap<string, Kind>>()
  KINDS.set(owner.tree, known)
  const found = known.get(owner.id)
  if (found) return found
  const kinds = new Map<string, Kind[]>()
  for (const assignment of nodesBelow(owner, assignments.types, assignments.scopes)) {
    const [target, value] = assignments.partsOf(assignment)
    if (!target || !value) continue
    const kind = assignments.kindOf(value)
    const others = kinds.get(target.text)
    if (others) others.push(kind)
    else kinds.set(target.text, [kind])
  }
  const common = new Map([...kinds].map(([name, all]) => [name, commonKind(all)]))
  known.set(owner.id, common)
  return common
}

const KINDS = new WeakMap<object, Map<number, ReadonlyMap<string, Kind>>>()
