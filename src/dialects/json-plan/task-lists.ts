import type { Node } from 'jsonc-parser'
import { Unreadable } from '../dialect.ts'
import { firstOf, membersOf, repeatedMembers, stringOf } from '../json-document.ts'

/** A list of tasks, or several lists of the same name in groups such as phases, in the order of the file. */
export interface TaskList {
  /** The key of the list; empty if the file itself is one. */
  key: string
  /** How many objects it is inside. */
  depth: number
  /** Not validated. */
  entries: Node[]
  /** The name of the group that an entry is in. */
  groups: ReadonlyMap<Node, string>
}

/** The lists of a file that may be its tasks, the outermost first; of lists at the same depth, that with the most usual name first. */
export function taskLists(
  root: Node,
  path: string,
  lineAt: (offset: number) => number,
): TaskList[] {
  if (root.type === 'array')
    return [{ key: '', depth: 0, entries: root.children ?? [], groups: new Map() }]
  const found: TaskList[] = []
  let level: Place[] = [{ node: root }]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    for (const { node } of level) refuseRepeated(node, path, lineAt)
    for (const key of LISTS) {
      const list = listOf(level, key, depth)
      if (list.entries.length > 0) found.push(list)
    }
    level = level.flatMap(placesInside)
  }
  return found
}

/** An object that may have lists, in the group with this name. */
interface Place {
  node: Node
  group?: string
}

function listOf(level: readonly Place[], key: string, depth: number): TaskList {
  const groups = new Map<Node, string>()
  const entries: Node[] = []
  for (const { node, group } of level) {
    const value = firstOf(node, [key])
    if (value === undefined) continue
    for (const { entry, name = group } of entriesOf(value)) {
      entries.push(entry)
      if (name !== undefined) groups.set(entry, name)
    }
  }
  return { key, depth, entries, groups }
}

/** The entries of a list, or of the lists that an object has by the name of their group. */
function entriesOf(value: Node): { entry: Node; name?: string }[] {
  if (value.type === 'array') return (value.children ?? []).map(entry => ({ entry }))
  return membersOf(value).flatMap(({ key: name, value: list }) =>
    list.type === 'array' ? (list.children ?? []).map(entry => ({ entry, name })) : [],
  )
}

/** The objects in which the tasks may be one level further down. */
function placesInside({ node }: Place): Place[] {
  return membersOf(node).flatMap(({ key, value }) => {
    if (!GROUPS.has(key)) return []
    if (value.type === 'array') return (value.children ?? []).flatMap(one => placeAt(one))
    if (value.type !== 'object') return []
    const inside = membersOf(value).filter(({ value: one }) => one.type === 'object')
    // An object is either one group, or has groups by their names.
    return [...placeAt(value), ...inside.flatMap(one => placeAt(one.value, one.key))]
  })
}

function placeAt(node: Node, key?: string): Place[] {
  if (node.type !== 'object') return []
  const group = groupName(node) ?? key
  return [{ node, ...(group !== undefined && { group }) }]
}

/** What a group is called. */
export function groupName(group: Node): string | undefined {
  const name = stringOf(firstOf(group, ['name', 'title', 'phase', 'epic', 'id']))?.trim()
  return name === '' ? undefined : name
}

/** If a list occurs twice, only a human knows which one is meant. */
function refuseRepeated(node: Node, path: string, lineAt: (offset: number) => number): void {
  const twice = repeatedMembers(membersOf(node)).find(({ key }) => LISTS.includes(key))
  if (twice === undefined) return
  const text = `The key "${twice.key}" occurs twice. Keep one of them.`
  throw new Unreadable(path, lineAt(twice.start), text)
}

/** The keys of lists of tasks, the most usual first. */
export const LISTS: readonly string[] = [
  'tasks',
  'userStories',
  'features',
  'stories',
  'user_stories',
  'featureList',
  'feature_list',
  'feature',
]

const GROUPS: ReadonlySet<string> = new Set([
  ...LISTS,
  ...`phases milestones epics sprints stages sections groups modules categories iterations waves
  releases plan prd project roadmap`.split(/\s+/),
])

/** Of objects in one another; deeper lists are details of tasks. */
const MAX_DEPTH = 4
