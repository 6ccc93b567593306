import type { TriedMutant } from '../../evidence/event-parts.ts'
import type { Mutant } from '../../mutation/mutant.ts'
import type { Together } from '../../mutation/together.ts'

/** The outcome with a file replaced; `undefined` if there is no time left. */
type Run = (
  file: string,
  text: string | undefined,
  isOwed: boolean,
) => Promise<TriedMutant['outcome'] | undefined>

/** What replacing all functions of files at once showed. */
interface TriedTogether {
  /** Mutants that the tests pass with. */
  survivors: Mutant[]
  /** Mutants of the queue that could still show something. */
  queue: Mutant[]
}

/**
 * Tries to replace all functions of a file at once, so that tests which notice nothing in a long file are found with few runs. A failure
 * decides nothing: which function a test noticed is found one by one.
 */
export async function tryTogether(
  together: readonly Together[],
  queue: readonly Mutant[],
  run: Run,
): Promise<TriedTogether> {
  const all: TriedTogether = { survivors: [], queue: [...queue] }
  for (const { mutants, answers } of together) {
    const rest = all.queue.filter(one => !answers(one))
    const isShorter = rest.length + mutants.length < all.queue.length
    if (!isShorter || !(await survive(mutants, run))) continue
    all.survivors.push(...mutants)
    all.queue = rest
  }
  return all
}

async function survive(mutants: readonly Mutant[], run: Run): Promise<boolean> {
  for (const { file, text } of mutants)
    if ((await run(file, text, true)) !== 'survived') return false
  return true
}
