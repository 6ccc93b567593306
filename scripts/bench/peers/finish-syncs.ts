import { medianOf } from '../measure.ts'
import type { Contestant } from './contestant.ts'
import { openSyncCounter } from './syncs.ts'
import { messageOf } from './turns.ts'
import { Work } from './work.ts'

/** By contestant: how often it waits for the disk to finish a task, such as `3`, or `5 + 4` if a call proves it before. */
export async function countSyncs(
  contestants: readonly Contestant[],
): Promise<Record<string, string>> {
  const counts: Record<string, string> = {}
  for (const contestant of contestants) {
    const counter = openSyncCounter()
    if (!counter) continue
    const start: Contestant['start'] = root => counter.traced(contestant.start(root))
    const work = new Work({ ...contestant, start }, { tasks: 40, done: 20 })
    const measure = async (call: () => Promise<unknown>) => {
      const before = counter.count()
      await call()
      return counter.count() - before
    }
    try {
      const rounds = [await work.finish(measure), await work.finish(measure)]
      rounds.push(await work.finish(measure))
      const calls = (rounds[0] ?? []).map((_, at) => medianOf(rounds.map(round => round[at] ?? 0)))
      counts[contestant.name] = calls.join(' + ')
    } catch (error) {
      counts[contestant.name] = messageOf(error)
    } finally {
      await work.remove()
      counter.remove()
    }
  }
  return counts
}
