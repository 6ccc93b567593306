import type { Problem } from '../../plan/plan.ts'
import { repeatedIdText } from '../task-list/ids.ts'
import type { Heading } from '../task-list/heading.ts'

/** The parts from which an id is made. */
export interface IdSource {
  /** The id in the line itself. */
  own: string | undefined
  phase: Heading | undefined
  line: number
}

/** Assigns an id to every task: its own, else phase and position. A repeated id gets a number as suffix. */
export function assignTrackTaskIds(
  lines: readonly IdSource[],
  path: string,
): { ids: string[]; problems: Problem[] } {
  const ownIds = ownIdsOf(lines)
  const positionIds = positionIdsOf(lines)
  const taken = new Set(ownIds.flatMap(id => id ?? []))
  const counts = new Map<string, number>()
  const problems: Problem[] = []
  const ids = lines.map(({ line }, at) => {
    const own = ownIds[at]
    const id = own ?? positionIds[at] ?? ''
    const before =
      own === undefined && taken.has(id) ? Math.max(1, counts.get(id) ?? 1) : (counts.get(id) ?? 0)
    counts.set(id, before + 1)
    if (before === 0) return id
    const unique = `${id}#${before + 1}`
    if (own !== undefined) problems.push({ path, line, text: repeatedIdText(own, unique) })
    return unique
  })
  return { ids, problems }
}

/** The ids in the lines themselves. Plain numbers that start again in every phase are not ids. */
function ownIdsOf(lines: readonly IdSource[]): (string | undefined)[] {
  const numbers = lines.flatMap(({ own }) => (own !== undefined && /^\d+$/.test(own) ? [own] : []))
  const restarts = new Set(numbers).size < numbers.length
  return lines.map(({ own }) =>
    own !== undefined && restarts && /^\d+$/.test(own) ? undefined : own,
  )
}

/** Ids such as `2.3` for the third task of phase 2. The number of a phase is the one in its heading, else its position. */
function positionIdsOf(lines: readonly IdSource[]): string[] {
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
