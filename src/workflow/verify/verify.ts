import { finishedTwice } from '../../evidence/chains.ts'
import { lastEvent, type Event } from '../../evidence/event.ts'
import { testsChangedAfterCode } from '../../evidence/changed-tests.ts'
import { changedDuring } from '../../evidence/judges.ts'
import type { Reverified } from '../../evidence/event-parts.ts'
import type { Plan } from '../../plan/plan.ts'
import { featuresRecorded, lostEvents, readLedger } from '../../store/ledger.ts'
import { featuresWithSnapshots } from '../../store/snapshot-references.ts'
import type { Call } from '../context/call.ts'
import { loadContext, callWorkspace, type Context } from '../context/context.ts'
import { ledgerProblems } from '../context/problems.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates, type TaskState } from '../context/task-state.ts'
import type { Finding } from './finding.ts'
import { rewrittenTasks, unmetPendingTests, unprovenMarks, unprovenPlan } from './marks.ts'
import { judgeNotes } from './judge-notes.ts'
import { absentTests, failingTests } from './present.ts'
import { unprovenTasks } from './proofs.ts'
import { replay, type ReplayProgress } from './replay.ts'
import { settingsChanges } from './settings-changes.ts'

/** The result of checking the evidence of a feature. */
export interface Verified {
  feature: string
  passed: boolean
  events: number
  done: number
  /** Tasks, gotchas and standards that a human waived. */
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
  /** Pieces of configuration that judge the work and changed during the feature, unseen by a human. */
  configuration: number
  /** Tasks whose tests were changed after their code was written. */
  changedTests: number
  /** Tasks that the plan drops or defers. */
  dropped: number
  /** Runs that were replayed; `null` if no replay was requested. */
  replayed: number | null
  /** The plan was removed: only the ledger could be checked. */
  planGone?: true
  /** What a reader should know and what is no finding, a sentence each. */
  notes: string[]
  findings: Finding[]
}

export interface VerifyOptions {
  /** Run every RED and GREEN again, and report the progress. Without it, nothing is run. */
  replay?: ReplayProgress | undefined
}

/** Checks the evidence of the call's feature or, without one, of every feature that has any. Writes nothing. */
export async function verify(call: Call, options: VerifyOptions = {}): Promise<Verified[]> {
  const recorded = call.feature === undefined ? featuresRecorded(callWorkspace(call).state) : []
  const others = call.feature === undefined ? await withoutLedger(call, recorded) : []
  const known = [...recorded, ...others]
  const all: Verified[] = []
  for (const feature of known.length > 0 ? known : [call.feature])
    all.push(await verifyPresent({ ...call, feature }, options))
  return all
}

/** Features that have a plan and snapshots in git, but no ledger. */
async function withoutLedger(call: Call, recorded: readonly string[]): Promise<string[]> {
  const features = await featuresWithSnapshots(callWorkspace(call).workspace)
  const others = features.filter(feature => !recorded.includes(feature))
  const havePlans = await Promise.all(others.map(feature => hasPlan({ ...call, feature })))
  return others.filter((_feature, index) => havePlans[index])
}

/** `false` if the plan is not on this branch: then there is nothing to compare with. */
async function hasPlan(call: Call): Promise<boolean> {
  try {
    await loadContext(call)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** If the plan was removed, only the ledger is checked, so that the other features are still verified. */
async function verifyPresent(call: Call, options: VerifyOptions): Promise<Verified> {
  try {
    return await verifyFeature(call, options)
  } catch (error) {
    const { workspace, state } = callWorkspace(call)
    const isRecorded = featuresRecorded(state).includes(call.feature ?? '')
    if (!(error instanceof Refusal && error.code === 'no_feature' && isRecorded)) throw error
    const ledger = readLedger(state, call.feature ?? '')
    const findings = ledgerProblems({ ledger, workspace })
    return {
      feature: call.feature ?? '',
      passed: findings.length === 0,
      ...countsOf({ ledger, plan: { tasks: [] } }, new Map()),
      replayed: null,
      planGone: true,
      notes: [],
      findings,
    }
  }
}

async function verifyFeature(call: Call, options: VerifyOptions): Promise<Verified> {
  const context = await loadContext(call)
  const states = taskStates(context)
  const replayed = options.replay && (await replay(context, options.replay))
  const findings = [
    ...ledgerProblems(context),
    ...lostEnd(context),
    ...(await unprovenMarks(context, states)),
    ...unprovenPlan(context),
    ...unprovenTasks(context),
    ...rewrittenTasks(context),
    ...settingsChanges(context),
    ...unmetPendingTests(context),
    ...(await absentTests(context)),
    ...(replayed?.findings ?? []),
    ...(options.replay ? await failingTests(context) : []),
  ]
  return {
    feature: context.key,
    passed: findings.length === 0,
    ...countsOf(context, states),
    replayed: replayed?.runs ?? null,
    notes: notesOf(context),
    findings,
  }
}

function notesOf(context: Context): string[] {
  return [
    ...finishedTwice(context.ledger.events).map(
      task => `${task} was finished twice, on two branches or in two clones. Compare both changes.`,
    ),
    ...judgeNotes(context),
  ]
}

/** A ledger that lost events which this clone recorded, unless a human approved the state since. */
function lostEnd({ state, key, ledger }: Context): Finding[] {
  const approved = lastEvent(ledger.events, 'approved')?.at ?? ''
  const lost = lostEvents(state, key, ledger).filter(({ at }) => at > approved)
  const [first] = lost
  if (!first) return []
  const what = 'task' in first ? `${first.kind} of ${first.task}` : first.kind
  return [
    {
      path: `.redgreen/ledger/${key}`,
      line: 1,
      text: `${lost.length} events that this clone recorded are missing, first ${what} at ${first.at}. Restore the ledger with git, or let a human confirm its state with redgreen approve.`,
    },
  ]
}

type Counts = Omit<Verified, 'feature' | 'passed' | 'replayed' | 'planGone' | 'notes' | 'findings'>

function countsOf(
  { ledger: { events }, plan }: Pick<Context, 'ledger'> & { plan: Pick<Plan, 'tasks'> },
  states: ReadonlyMap<string, TaskState>,
): Counts {
  const count = (isCounted: (state: TaskState) => boolean) =>
    [...states.values()].filter(isCounted).length
  return {
    events: events.length,
    done: count(({ stage }) => stage === 'done'),
    waived: count(({ waived }) => waived) + events.filter(isWaiver).length,
    approved: events.filter(({ kind }) => kind === 'approved').length,
    confirmed: events.filter(isConfirmed).length,
    allowed: events.filter(({ kind }) => kind === 'runs-allowed').length,
    dropped: plan.tasks.filter(({ markers }) => markers[0]?.state === 'other').length,
    loadFailure: events.filter(isLoadFailure).length,
    set: plan.tasks.filter(({ kindReason }) => kindReason.includes('settings')).length,
    unseen: events.flatMap(uncheckedIn).length,
    superseded: supersededIn(events),
    configuration: changedDuring(events).length,
    changedTests: testsChangedAfterCode(events).length,
    late: events.filter(event => event.kind === 'red' && event.checkout === 'late').length,
  }
}

/** Its tests could not be loaded, so the server did not see them fail for the missing behaviour. */
function isLoadFailure(event: Event): boolean {
  return event.kind === 'red' && (event.loadFailure || event.loadErrors.length > 0)
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

/** A waiver of a gotcha or a standard. Those of tasks are counted by the state of the task. */
function isWaiver(event: Event): boolean {
  const isStandard = event.kind === 'standard-confirmed' && event.waived !== undefined
  return isStandard || event.kind === 'gotcha-waived'
}
