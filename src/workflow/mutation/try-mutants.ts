import type { TriedMutant } from '../../evidence/event-parts.ts'
import { isSurvivor, noticedAmong } from '../../evidence/noticed-mutants.ts'
import type { Mutant } from '../../mutation/mutant.ts'
import type { Together } from '../../mutation/together.ts'
import { isEnough, isWanted, nextMutant } from './next-mutant.ts'
import { tryTogether } from './try-together.ts'

/** Runs the tests of a task with other code. */
export interface MutantRuns {
  /**
   * The outcome with a file replaced; `undefined` if there is no time left.
   *
   * @param isOwed it has time of its own, so that a slow test does not use up all of it
   */
  run: (
    file: string,
    text: string | undefined,
    isOwed: boolean,
  ) => Promise<TriedMutant['outcome'] | undefined>
  /** Is a failure here due to the changed code, because the tests pass without the change? */
  isReliable: () => Promise<boolean>
}

export interface TriedMutants {
  tried: TriedMutant[]
  /** Those that could still show something. */
  untried: Mutant[]
  /** How many of the questions have no answer: changes that were not tried, and whether the tests load a file. */
  open: number
  /** Its tests fail in the checkout without any change, so the outcomes say nothing. */
  isUnreliable?: true
}

interface TrialLimits {
  minimum: number
  runs: number
  isNew: (name: string) => boolean
  /** Tried after the first mutants, if none of them was noticed. */
  together?: readonly Together[]
}

/** Tries mutants in their order until enough of them are noticed, or the runs or the time are used up. */
export async function tryMutants(
  mutants: readonly Mutant[],
  { run, isReliable }: MutantRuns,
  { minimum, runs, isNew, together = [] }: TrialLimits,
): Promise<TriedMutants> {
  const tried: TriedMutant[] = []
  let queue = [...mutants]
  let isLong = false
  while (tried.length < runs && !isEnough(queue, tried, minimum)) {
    if (!isLong && tried.length >= OWED && noticedAmong(tried).length === 0) {
      isLong = true
      const all = await tryTogether(together, queue, run)
      tried.push(...all.survivors.map(one => recordOf(one, 'survived')))
      queue = all.queue
    }
    const mutant = nextMutant(queue, tried, isNew)
    if (!mutant) break
    const isOwed = tried.length < OWED && noticedAmong(tried).length === 0
    const outcome = await run(mutant.file, mutant.text, isOwed)
    if (outcome === undefined) break
    tried.push(recordOf(mutant, outcome))
    queue.splice(queue.indexOf(mutant), 1)
  }
  if (noticedAmong(tried).length > 0 && !(await isReliable()))
    return { tried: [], untried: [...mutants], open: mutants.length, isUnreliable: true }
  const untried = queue.filter(one => isWanted(one, queue, tried, isNew))
  const { loaded, unknown } = await withoutUnloaded(tried, run)
  return { tried: loaded, untried, open: untried.length + unknown }
}

/** So many changes show that tests assert nothing about a value of an unknown kind: two numbers, two truths, nothing, and one more. */
const OWED = 6

/**
 * If no change of a file was noticed at all, the tests may run other code, such as built output. They do if they pass even
 * when the file cannot be loaded, and when it is not there.
 */
async function withoutUnloaded(
  tried: readonly TriedMutant[],
  run: MutantRuns['run'],
): Promise<{ loaded: TriedMutant[]; unknown: number }> {
  const unloaded = new Set<string>()
  let unknown = 0
  for (const file of new Set(tried.filter(isSurvivor).map(({ file }) => file))) {
    if (tried.some(one => one.file === file && one.outcome !== 'survived')) continue
    const isUnloaded = await passesWithout(file, run)
    if (isUnloaded === undefined) unknown += 1
    else if (isUnloaded) unloaded.add(file)
  }
  const loaded = tried.map(one =>
    unloaded.has(one.file) ? { ...one, outcome: 'unloaded' as const } : one,
  )
  return { loaded, unknown }
}

/** Do the tests pass if a file cannot be loaded, and if it is not there? `undefined` if there was no time to see it. */
export async function passesWithout(
  file: string,
  run: MutantRuns['run'],
): Promise<boolean | undefined> {
  for (const text of [UNLOADABLE, undefined]) {
    const outcome = await run(file, text, true)
    if (outcome === undefined) return undefined
    if (outcome !== 'survived') return false
  }
  return true
}

/** Invalid in every language. */
const UNLOADABLE = '\n)]} this cannot be loaded {[(\n'

function recordOf(mutant: Mutant, outcome: TriedMutant['outcome']): TriedMutant {
  const { file, line, change, scope, guess, onlyAbsence, counts } = mutant
  return {
    file,
    line,
    change,
    ...(mutant.function !== undefined && { function: mutant.function }),
    outcome,
    ...(scope === 'line' && { scope }),
    ...(guess !== undefined && { guess }),
    ...(onlyAbsence && { onlyAbsence: true }),
    ...(!counts && { ignored: true }),
  }
}
