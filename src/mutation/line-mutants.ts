import type { ChangedCode } from './changed-code.ts'
import { edited } from './edited.ts'
import { isMentioned, type Source } from './function-mutants.ts'
import type { Mutant } from './mutant.ts'

/** Mutants that change one place in an added or changed line, in the functions that tests mention first. */
export function lineMutants(
  { file, text, grammar }: Source,
  { places }: ChangedCode,
  mentioned: (name: string) => boolean,
  most: number,
): Mutant[] {
  return places
    .map(place => ({ ...place, order: isMentioned(place.within, mentioned) ? 0 : 1 }))
    .toSorted(
      (one, other) =>
        Number(other.change.counts) - Number(one.change.counts) ||
        one.order - other.order ||
        one.change.rank - other.change.rank ||
        one.change.edit.start - other.change.edit.start,
    )
    .filter(isFirst())
    .slice(0, most)
    .map(({ change, line, within, isKept }) => ({
      file,
      line: line + 1,
      text: edited(text, change.edit, grammar),
      scope: 'line',
      ...(within?.name === undefined || isKept ? {} : { function: within.name }),
      change: `${change.change} in line ${line + 1}`,
      onlyAbsence: change.onlyAbsence ?? false,
      counts: change.counts,
    }))
}

/** A returned text is both a value and a text. The same change is tried once. */
function isFirst(): (place: Pick<ChangedCode['places'][number], 'change'>) => boolean {
  const seen = new Set<string>()
  return ({ change: { edit } }) => seen.size < seen.add(JSON.stringify(edit)).size
}
