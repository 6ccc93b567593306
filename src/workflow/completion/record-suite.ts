import type { EventOf } from '../../evidence/event.ts'
import type { SuiteVerdict } from '../../evidence/suite.ts'
import type { NoProof } from '../../evidence/no-proof.ts'
import type { Task } from '../../plan/plan.ts'
import { saveTree } from '../../store/saved-trees.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { withTransaction } from '../context/transaction.ts'
import type { ObservedRun } from '../testing/observed-run.ts'

/** Records a suite. Every run is recorded before anything is refused. */
export function recordSuite(
  { call }: Context,
  task: Task,
  ran: EventOf<'suite'>['ran'],
  verdict: SuiteVerdict | NoProof,
  {
    run,
    counts,
    after,
    moved,
  }: Pick<ObservedRun, 'run' | 'counts' | 'after'> & { moved: string[] },
): Promise<EventOf<'suite'>> {
  const nothing = 'proves' in verdict
  return withTransaction(call, async context => {
    saveTree(context.state, after)
    const [event] = await record(context, {
      kind: 'suite',
      task: task.id,
      settings: context.settings.hash,
      tree: after.hash,
      ran,
      run,
      counts,
      failing: [
        ...(nothing ? [verdict.fact] : verdict.failing),
        ...moved.map(file => `${file} changed during the run`),
      ],
      ...(!nothing && verdict.before.length > 0 && { before: verdict.before }),
      turnedGreen: nothing ? [] : verdict.turnedGreen,
      passedFiles: nothing ? [] : verdict.passedFiles,
      ...(!nothing && verdict.moved && { moved: verdict.moved }),
    })
    if (event?.kind !== 'suite') throw new Error('A suite was recorded as another kind of event.')
    return event
  })
}
