import type { TaskIdIndex } from './task-id-index.ts'

/** The ids and groups that a statement about dependencies can refer to. */
export interface KnownIds {
  ids: TaskIdIndex
  /** The ids of each group, by its number. */
  groups: ReadonlyMap<string, readonly string[]>
}

/** The statements about dependencies in the line of a task. */
export function dependenciesInTitle(title: string): string[] {
  return [...title.matchAll(IN_TITLE)].map(([, statement = '']) => statement)
}

/** The ids that statements refer to, in file order, without ids of other features. */
export function parseDependencies(
  statements: readonly string[],
  { ids, groups }: KnownIds,
  self: string,
): string[] {
  const found = statements.flatMap(statement => {
    const text = statement.replaceAll(REMARK, ' ').replaceAll(FOREIGN, ' ').replace(BLOCKS, '')
    const all = PRIOR.test(text) ? ids.ids.slice(0, ids.positionOf(self)) : []
    const named = [...text.matchAll(REFERENCE)].flatMap(match => resolveReference(match, ids))
    const grouped = [...text.matchAll(GROUP)].flatMap(([, number = '']) => groups.get(number) ?? [])
    return [...all, ...named, ...grouped]
  })
  const others = new Set(found.filter(id => id !== self))
  return [...others].sort((a, b) => ids.positionOf(a) - ids.positionOf(b))
}

function resolveReference({ groups }: RegExpMatchArray, ids: TaskIdIndex): string[] {
  const { wild, tasks, first = '', last, list } = groups ?? {}
  if (wild !== undefined) return ids.ids.filter(id => isUnder(id, wild))
  if (tasks !== undefined) return numbered(tasks, ids)
  if (list !== undefined) return numbered(list, ids)
  if (last !== undefined) return between(first, last, ids)
  const [, from = first, to] = SHORT_RANGE.exec(first) ?? []
  const id = ids.find(first)
  return id === undefined && to !== undefined ? between(from, to, ids) : [id ?? first]
}

/** `T-1.x` refers to every task of the group. */
function isUnder(id: string, wild: string): boolean {
  const head = wild.replace(/[x*]$/i, '').toLowerCase()
  return id.toLowerCase().startsWith(head)
}

/** Parses the numbers of `Tasks 1-2, 4`. */
function numbered(list: string, ids: TaskIdIndex): string[] {
  return [...list.matchAll(NUMBERS)].flatMap(([, first = '', last]) =>
    last === undefined ? [ids.find(first) ?? first] : between(first, last, ids),
  )
}

/** All tasks from `first` to `last` in file order; if one of them does not exist, just the two. */
function between(first: string, last: string, ids: TaskIdIndex): string[] {
  const [from, to] = [ids.find(first), ids.find(last)]
  if (from === undefined || to === undefined) return [from ?? first, to ?? last]
  return ids.ids.slice(ids.positionOf(from), ids.positionOf(to) + 1)
}

const ID = String.raw`T(?:ASK)?-?\d+(?:[.-]\d+)*[a-z]?(?![\w])`
const DASH = String.raw`\s*(?:\.{2,}|through|to|[-–—])\s*`
const NUMBER = String.raw`\d+(?:\.\d+)*`

const REFERENCE = new RegExp(
  String.raw`(?<![\w-])(?:(?<wild>T-?\d+\.[x*])|(?<first>${ID})(?:${DASH}(?<last>${ID}|${NUMBER}))?|\bTasks?\s+(?<tasks>${NUMBER}(?:(?:${DASH}|\s*(?:,|and|&)\s*)${NUMBER})*)|(?<list>(?<=^\s*)\d+\.\d+(?:(?:${DASH}|\s*(?:,|and|&)\s*)${NUMBER})*))`,
  'gi',
)
/** A range such as `T-1.1-1.3`. */
const SHORT_RANGE = /^(T-?[\d.]+)-([\d.]+)$/i
const NUMBERS = new RegExp(`(${NUMBER})(?:${DASH}(${NUMBER}))?`, 'gi')
const GROUP = /\b(?:Group|Phase|Wave)\s+(\d+)\b/gi
const PRIOR =
  /\ball\s+(?:(?:the|other)\s+)?(?:prior|previous|above|earlier|preceding|other)?\s*(?:tasks?|above)\b/i
const IN_TITLE =
  /\((?:depends(?:\s+on)?|dependenc(?:y|ies)|deps|after|blocked by)\s*:?\s+([^()]*(?:\([^()]*\)[^()]*)*)\)/gi
/** A remark in parentheses is not part of the statement. */
const REMARK = /\([^()]*\)/g
const FOREIGN = new RegExp(String.raw`${ID}\s+(?:of|from|in)\s+F-\d+|\bF-\d+(?:\s+${ID})?`, 'gi')
const BLOCKS = /[;,.]?\s*\bblocks?\b.*$/i
