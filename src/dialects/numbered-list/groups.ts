import type { ListEntry } from '../task-list/list-entries.ts'
import { outerNumber, withoutLetter } from './number.ts'

/**
 * By entry, the indices of the entries that are parts of it: those whose number continues its number, as `1.2` does `1`, and
 * those that are nested in it. A number that is used again begins a new list.
 */
export function partsOf(entries: readonly ListEntry[]): number[][] {
  const parts: number[][] = entries.map(() => [])
  const latest = new Map<string, number>()
  let open: { level: number; at: number }[] = []
  for (const [at, { id, row, basis }] of entries.entries()) {
    const level = basis === 'heading' ? 0 : row.level
    const outer = open.filter(other => other.level < level)
    const around = outer.at(-1)?.at
    const isInserted = id !== undefined && entries[around ?? -1]?.id === withoutLetter(id)
    const parent = isInserted ? around : (byNumber(latest, id) ?? around)
    if (parent !== undefined) parts[parent]?.push(at)
    if (id !== undefined) latest.set(id, at)
    open = [...outer.slice(-MAX_DEPTH), { level, at }]
  }
  return parts
}

function byNumber(latest: ReadonlyMap<string, number>, id: string | undefined): number | undefined {
  for (let outer = outerNumber(id ?? ''); outer !== undefined; outer = outerNumber(outer)) {
    const at = latest.get(outer)
    if (at !== undefined) return at
  }
  return undefined
}

/** Lists that are nested more deeply are cut off, so that the work stays linear. */
const MAX_DEPTH = 50
