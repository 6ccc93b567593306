import { isDropped } from '../../plan/dropped-task.ts'
import { testsChangedAfterCode } from '../../evidence/changed-tests.ts'
import { lastEvent, type Event } from '../../evidence/event.ts'
import {
  changedDuringFeature,
  olderTestOf,
  olderTestsChangedDuringFeature,
} from '../../evidence/check-configuration.ts'
import { mutationShare } from '../../evidence/mutation-share.ts'
import { proofStrength } from '../../evidence/proof-strength.ts'
import type { Reverified } from '../../evidence/event-parts.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import type { TaskState } from '../context/evidence-state.ts'
import { stoppedIn } from '../response/stopped-tests.ts'
import { isLoadFailure } from './classified-evidence.ts'

/** What the evidence of a feature consists of. */
export interface EvidenceCounts {
  events: number
  done: number
  /** Tasks, tests, gotchas and standards that a human waived. */
  waived: number
  /** Approvals of the plan, and confirmations of phases, tasks and standards by a human. The ledger is their only evidence. */
  approved: number
  confirmed: number
  /** How often a human allowed runs beyond the limits. */
  allowed: number
  /** REDs whose tests could not be loaded. */
  loadFailure: number
  /** Retroactive REDs. */
  late: number
  /** Changed test files of earlier tasks that could not be run on the sources of those tasks. */
  unseen: number
  /** Tests whose version that proved a task failed on the code of the last validation. */
  superseded: number
  /** Tasks whose kind comes from the settings. */
  set: number
  /** Pieces of check configuration that changed during the feature and that no human has approved. */
  configuration: number
  /** Test files from before the feature that changed in it, unseen by a RED or a human. */
  olderTests: number
  /** Tasks whose tests were changed after their code was written. */
  changedTests: number
  /** Tests that ran at the start of the feature and did not run in its latest full suite. */
  stopped: number
  /** Tasks that were proven by a test command of the settings, and by an exit code alone. */
  settingsCommand: number
  exitCodeOnly: number
  /** Of the tried changes of the code of finished tasks: those that their tests noticed, and all that they could have noticed. */
  noticed: number
  mutants: number
  /** Tasks whose tests could not be checked by changes of their code. */
  unmutated: number
  /** Tasks that the plan drops or defers. */
  dropped: number
}

/** Counts events and tasks. `states`: empty if there is no plan. */
export function countsOf(
  {
    ledger: { events },
    histories,
    plan,
  }: Pick<Context, 'ledger' | 'histories'> & { plan: Pick<Plan, 'tasks'> },
  states: ReadonlyMap<string, TaskState>,
): EvidenceCounts {
  const share = mutationShare(histories)
  const count = (isCounted: (state: TaskState) => boolean) =>
    [...states.values()].filter(isCounted).length
  return {
    events: events.length,
    done: count(({ stage }) => stage === 'done'),
    waived: count(({ waived }) => waived) + events.filter(isWaiver).length,
    approved: events.filter(({ kind }) => kind === 'approved').length,
    confirmed: events.filter(isConfirmed).length,
    allowed: events.filter(({ kind }) => kind === 'runs-allowed').length,
    dropped: plan.tasks.filter(isDropped).length,
    loadFailure: events.filter(event => event.kind === 'red' && isLoadFailure(event)).length,
    set: plan.tasks.filter(({ kindReason }) => kindReason.includes('settings')).length,
    unseen: events.flatMap(uncheckedIn).length,
    superseded: supersededIn(events),
    configuration: changedDuringFeature(events).filter(key => olderTestOf(key) === undefined)
      .length,
    olderTests: olderTestsChangedDuringFeature(events).length,
    changedTests: testsChangedAfterCode(events).length,
    stopped: stoppedIn(events).length,
    settingsCommand: proofStrength(events).settingsCommand.length,
    exitCodeOnly: proofStrength(events).exitCodeOnly.length,
    noticed: share.noticed,
    mutants: share.tried,
    unmutated: share.notChecked.length,
    late: events.filter(event => event.kind === 'red' && event.checkout === 'late').length,
  }
}

function uncheckedIn(event: Event): Reverified[] {
  const reverified = event.kind === 'done' || event.kind === 'validation' ? event.reverified : []
  return (reverified ?? []).filter(({ how }) => how === 'unseen')
}

function supersededIn(events: readonly Event[]): number {
  return lastEvent(events, 'validation')?.superseded?.length ?? 0
}

function isConfirmed(event: Event): boolean {
  if (event.kind === 'standard-confirmed') return event.waived === undefined
  return (
    event.kind === 'phase-confirmed' || (event.kind === 'done' && event.confirmedBy !== undefined)
  )
}

/** A waiver of a gotcha, a standard or a test. Those of tasks are counted by the state of the task. */
function isWaiver(event: Event): boolean {
  const isStandard = event.kind === 'standard-confirmed' && event.waived !== undefined
  return isStandard || event.kind === 'gotcha-waived' || event.kind === 'test-retired'
}
