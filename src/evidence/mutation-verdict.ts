import type { EventOf } from './event.ts'
import type { TriedMutant } from './event-parts.ts'
import { isSurvivor, noticedAmong, noticesNoBody } from './noticed-mutants.ts'

/** A function that the words of a task name. */
export interface NamedFunction {
  name: string
  /** Does one of the two use the other, so that a test of the other may be one of this function? */
  isConnectedTo: (other: string) => boolean
}

type Verdict = Pick<EventOf<'mutation'>, 'verdict' | 'reason'>

/**
 * What mutants show about the tests of a task. In doubt, the tests are not called weak: an honest test of code that cannot be
 * changed in a way that matters must not be refused.
 *
 * @param untried how many mutants that could still show something were not tried
 * @param empty functions of the task that do nothing and that its tests name
 * @param about the functions that the task is about
 * @param minimum how many mutants the tests have to notice or, below 1, which share of them
 */
export function judgeMutants(
  tried: readonly TriedMutant[],
  untried: number,
  {
    minimum = 1,
    empty = [],
    about = [],
  }: { minimum?: number; empty?: readonly string[]; about?: readonly NamedFunction[] } = {},
): Verdict {
  if (noticesOthersOnly(tried, about)) return { verdict: 'weak' }
  const noticed = noticedAmong(tried).length
  const survivors = tried.filter(isSurvivor).length
  const isMet = minimum >= 1 ? noticed >= minimum : noticed >= minimum * (noticed + survivors)
  const isOpen = untried > 0
  const areAllNoticed = survivors === 0 && !isOpen
  if (noticed > 0 && (isMet || areAllNoticed)) return { verdict: 'noticed' }
  // A function that does nothing leaves its tests green as it is.
  const isEmpty = empty.length > 0 && tried.every(({ outcome }) => outcome === 'survived')
  if ((survivors > 0 || isEmpty) && !isOpen) return { verdict: 'weak' }
  return { verdict: 'not-checked', reason: reasonOf(tried, isOpen) }
}

/** Do the tests notice other code of the task, such as a small function beside it, and nothing of what the task is about? */
function noticesOthersOnly(
  tried: readonly TriedMutant[],
  about: readonly NamedFunction[],
): boolean {
  const noticed = noticedAmong(tried).flatMap(one => one.function ?? [])
  if (
    about.some(({ name, isConnectedTo }) => noticed.some(one => one === name || isConnectedTo(one)))
  )
    return false
  const bodiesOfNamed = about.map(({ name }) =>
    tried.filter(one => one.function === name && one.scope !== 'line'),
  )
  return noticedAmong(tried).length > 0 && bodiesOfNamed.some(noticesNoBody)
}

function reasonOf(tried: readonly TriedMutant[], isOpen: boolean): string {
  const outcomes = new Set(tried.map(({ outcome }) => outcome))
  const unloaded = tried.find(({ outcome }) => outcome === 'unloaded')
  if (unloaded) return `the tests do not load ${unloaded.file} from a temporary checkout`
  if (isOpen) return 'the time for it was over first'
  if (outcomes.has('other')) return 'only tests that are not of this task fail with a changed code'
  if (outcomes.has('survived')) return 'only constants and texts were changed'
  return 'no changed code could be loaded'
}
