import { mutantsOf } from '../../src/mutation/mutants.ts'
import type { Mutant } from '../../src/mutation/mutant.ts'

interface Before {
  /** The text of the file before; without it, the file is new. */
  before?: string
  /** The names that the tests contain. */
  mentions?: readonly string[]
}

/** The mutants of a file. */
export async function mutantsIn(file: string, after: string, rest: Before = {}): Promise<Mutant[]> {
  const { before, mentions = [] } = rest
  const found = await mutantsOf({ file, before, after }, name => mentions.includes(name))
  if ('none' in found) throw new Error(found.none)
  return found.mutants
}

/** What the mutants of whole functions change, in the order in which they are tried. */
export async function bodiesIn(file: string, after: string, rest?: Before): Promise<string[]> {
  const mutants = await mutantsIn(file, after, rest)
  return mutants.filter(({ scope }) => scope === 'function').map(({ change }) => change)
}

/** The values that the bodies of functions are replaced with. */
export async function valuesIn(file: string, after: string): Promise<string[]> {
  const changes = await bodiesIn(file, after)
  return changes.flatMap(change => / with `(.+)`$/.exec(change)?.[1] ?? [])
}

/** What the mutants of single places change, without those that do not count and those that restore earlier code. */
export async function placesIn(file: string, after: string, rest?: Before): Promise<string[]> {
  const mutants = await mutantsIn(file, after, rest)
  return mutants
    .filter(({ scope, counts }) => scope === 'line' && counts)
    .map(({ change }) => change)
    .filter(change => !change.startsWith('Restoring'))
}

/** The text of the mutant with this change. */
export function textOf(mutants: readonly Mutant[], change: string): string {
  const mutant = mutants.find(candidate => candidate.change === change)
  if (!mutant)
    throw new Error(`No mutant: ${change}\n${mutants.map(each => each.change).join('\n')}`)
  return mutant.text
}
