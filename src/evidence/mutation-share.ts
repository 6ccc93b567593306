import type { History } from './history.ts'
import { isSurvivor, noticedAmong } from './noticed-mutants.ts'

/** What the mutation checks of finished tasks showed together. */
export interface MutationShare {
  /** Changes of the code that the tests noticed, and those that they could have noticed. */
  noticed: number
  tried: number
  /** Ids of tasks whose tests notice nothing, and of those that were not or could not be checked. */
  weak: string[]
  notChecked: string[]
}

/** Adds up the checks of all tasks that are done and that no human waived. */
export function mutationShare(histories: ReadonlyMap<string, History>): MutationShare {
  const share: MutationShare = { noticed: 0, tried: 0, weak: [], notChecked: [] }
  for (const [task, { stage, waived, done, mutation }] of histories) {
    if (stage !== 'done' || waived || done?.provenAs !== 'build') continue
    if (!mutation || mutation.verdict === 'not-checked') share.notChecked.push(task)
    if (!mutation) continue
    const { verdict, mutants } = mutation
    const noticed = noticedAmong(mutants).length
    share.noticed += noticed
    share.tried += noticed + mutants.filter(isSurvivor).length
    if (verdict === 'weak') share.weak.push(task)
  }
  return share
}
