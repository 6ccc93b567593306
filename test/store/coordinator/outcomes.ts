import { Overtaken } from '../../../src/store/transaction/sequence.ts'

/** Whether a change took effect. Any other error than `Overtaken` is thrown. */
export async function outcomeOf(change: Promise<unknown>): Promise<'done' | 'overtaken'> {
  try {
    await change
    return 'done'
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    return 'overtaken'
  }
}

/** Starts all changes and then waits for them. */
export async function outcomesOf(changes: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(changes.map(outcomeOf))
}

/** How many of the changes took effect. */
export async function countDone(changes: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await outcomesOf(changes)
  return outcomes.filter(outcome => outcome === 'done').length
}

/** Repeats a decision until it is not overtaken; not for ever, so that a store without progress fails. */
export async function untilDone<T>(decide: () => Promise<T>, most = 500): Promise<T> {
  for (let left = most; ; left -= 1) {
    try {
      return await decide()
    } catch (error) {
      if (!(error instanceof Overtaken) || left === 0) throw error
    }
  }
}
