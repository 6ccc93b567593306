import type { TriedMutant } from '../../evidence/event-parts.ts'
import type { History } from '../../evidence/history.ts'
import { noticedAmong } from '../../evidence/noticed-mutants.ts'
import type { Context } from '../context/context.ts'
import { tryAgain } from '../mutation/mutant-again.ts'
import { finding, type Finding } from './finding.ts'

interface ReplayedMutants {
  findings: Finding[]
  /** Sentences about changes that cannot be tried here. */
  notes: string[]
}

/** Tries again, for each finished task, the change of its code that its tests were seen to notice. */
export async function replayMutants(context: Context): Promise<ReplayedMutants> {
  const result: ReplayedMutants = { findings: [], notes: [] }
  for (const [id, history] of context.histories) {
    const decisive = decisiveIn(history)
    const task = context.tasks.get(id)
    if (!decisive || !task) continue
    context.call.note(`repeating the mutation check of ${id}`)
    const outcome = await tryAgain(context, task, decisive)
    if (outcome === 'survived')
      result.findings.push(
        finding(
          context,
          id,
          `was recorded with tests that notice a change of its code, but the replay does not show it: ${decisive.change} leaves them green`,
        ),
      )
    else if (outcome !== 'killed' && outcome !== 'timed-out')
      result.notes.push(`${id}: its mutation check cannot be replayed here.`)
  }
  return result
}

function decisiveIn({ stage, waived, mutation }: History): TriedMutant | undefined {
  if (stage !== 'done' || waived || mutation?.verdict !== 'noticed') return undefined
  return noticedAmong(mutation.mutants)[0]
}
