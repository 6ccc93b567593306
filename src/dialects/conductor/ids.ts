import type { Problem } from '../../plan/plan.ts'
import type { Heading } from '../task-list/list-entries.ts'

/** What an id is made of. */
export interface IdSource {
  /** The id that the line gives itself. */
  own: string | undefined
  phase: Heading | undefined
  line: number
}

/** An id for every task: its own, else phase and position; a repeated one gets a number behind it. */
export function assignTrackTaskIds(
  lines: readonly IdSource[],
  path: string,
): { ids: string[]; problems: Problem[] } {
  const owned = ownIds(lines)
  const places = placesOf(lines)
  const taken = new Set(owned.flatMap(id => id ?? []))
  const seen = new Map<string, number>()
  const problems: Problem[] = []
  const ids = lines.map(({ line }, at) => {
    const own = owned[at]
    const id = own ?? places[at] ?? ''
    const before =
      own === undefined && taken.has(id) ? Math.max(1, seen.get(id) ?? 1) : (seen.get(id) ?? 0)
    seen.set(id, before + 1)
    if (before === 0) return id
    const unique = `${id}#${before + 1}`
    if (own !== undefined) problems.push({ path, line, text: repeated(own, unique) })
    return unique
  })
  return { ids, problems }
}

/** Plain numbers that begin anew in every phase are no ids. */
function ownIds(lines: readonly IdSource[]): (string | undefined)[] {
  const numbers = lines.flatMap(({ own }) => (own !== undefined && /^\d+$/.test(own) ? [own] : []))
  const isCounted = new Set(numbers).size < numbers.length
  return lines.map(({ own }) =>
    own !== undefined && isCounted && /^\d+$/.test(own) ? undefined : own,
  )
}

/** `2.3`: the third task of phase 2; a phase has the number in its heading, else the one of its place. */
function placesOf(lines: readonly IdSource[]): string[] {
  const numbers = phaseNumbers(lines)
  const counts = new Map<number, number>()
  return lines.map(({ phase }) => {
    const key = phase?.line ?? 0
    const position = (counts.get(key) ?? 0) + 1
    counts.set(key, position)
    return `${numbers.get(key) ?? '1'}.${position}`
  })
}

function phaseNumbers(lines: readonly IdSource[]): Map<number, string> {
  const phases = new Map(lines.map(({ phase }) => [phase?.line ?? 0, phase]))
  const numbers = new Map<number, string>()
  const taken = new Set<string>()
  for (const [line, phase] of phases) {
    const own = /\b(?:phase|stage|step|tier)\s+(\d+(?:\.\d+)*[a-z]?)\b/i.exec(
      phase?.text ?? '',
    )?.[1]
    if (own === undefined || taken.has(own)) continue
    taken.add(own)
    numbers.set(line, own)
  }
  for (const [at, line] of [...phases.keys()].entries()) {
    if (numbers.has(line)) continue
    let number = at + 1
    while (taken.has(String(number))) number += 1
    taken.add(String(number))
    numbers.set(line, String(number))
  }
  return numbers
}

function repeated(id: string, unique: string): string {
  return `${id} stands here again; this one is called ${unique}. Give it an id of its own.`
}
