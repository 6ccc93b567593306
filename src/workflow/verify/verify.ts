import { lastEvent, type Event } from '../../evidence/event.ts'
import type { Reverified } from '../../evidence/event-parts.ts'
import type { Plan } from '../../plan/plan.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import { featuresWithSnapshots } from '../../store/snapshot-references.ts'
import type { Call } from '../context/call.ts'
import { loadContext, callWorkspace, type Context } from '../context/context.ts'
import { ledgerProblems } from '../context/problems.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates, type TaskState } from '../context/task-state.ts'
import type { Finding } from './finding.ts'
import { rewrittenTasks, unmetPendingTests, unprovenMarks, unprovenPlan } from './marks.ts'
import { absentTests, failingTests } from './present.ts'
import { unprovenTasks } from './proofs.ts'
import { replay, type Follow } from './replay.ts'
import { settingsChanges } from './settings.ts'

/** What the evidence of a feature bears out. */
export interface Verified {
  feature: string
  passed: boolean
  events: number
  done: number
  /** Tasks, places of known traps, and standards that a person has let be. */
  waived: number
  /** How often a person is recorded to have approved the plan, and confirmed a phase, a task or a standard: the ledger's word alone. */
  approved: number
  confirmed: number
  /** How often a person is recorded to have allowed runs beyond the limits. */
  allowed: number
  loadFailure: number
  /** REDs that were seen without code that was there already. */
  late: number
  /** Changes of test files that had proven a task, which could not be run on the sources of its RED. */
  unseen: number
  /** Tests that failed on the code of the last validation as they were when they proved their task. */
  superseded: number
  /** Tasks whose kind the settings say. */
  set: number
  /** Tasks that the author's file drops or defers. */
  dropped: number
  /** Runs of tests that were seen again; `null` where nobody asked for that. */
  replayed: number | null
  /** The plan was removed: only the ledger could be checked. */
  planGone?: true
  findings: Finding[]
}

/** How far to go: from the ledger alone, or by running every RED and GREEN again. */
export interface VerifyOptions {
  /** Told of each run that is over; without it nothing is run. */
  replay?: Follow | undefined
}

/** Checks the evidence of the named feature, or else of each that has any. Writes nothing. */
export async function verify(call: Call, depth: VerifyOptions = {}): Promise<Verified[]> {
  const recorded = call.feature === undefined ? featuresRecorded(callWorkspace(call).state) : []
  const traces = call.feature === undefined ? await tracesOnly(call, recorded) : []
  const known = [...recorded, ...traces]
  const all: Verified[] = []
  for (const feature of known.length > 0 ? known : [call.feature])
    all.push(await verifyPresent({ ...call, feature }, depth))
  return all
}

/** Features whose ledger is not here, but what git keeps of its steps is, and their plan. */
async function tracesOnly(call: Call, recorded: readonly string[]): Promise<string[]> {
  const traced = await featuresWithSnapshots(callWorkspace(call).workspace)
  const others = traced.filter(feature => !recorded.includes(feature))
  const there = await Promise.all(others.map(feature => hasPlan({ ...call, feature })))
  return others.filter((_feature, index) => there[index])
}

/** A plan that is not on this branch has nothing to be compared with. */
async function hasPlan(call: Call): Promise<boolean> {
  try {
    await loadContext(call)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** A feature whose plan was removed keeps its ledger, which is checked; the other features are verified all the same. */
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
      findings,
    }
  }
}

async function verifyFeature(call: Call, depth: VerifyOptions): Promise<Verified> {
  const context = await loadContext(call)
  const states = taskStates(context)
  const again = depth.replay && (await replay(context, depth.replay))
  const findings = [
    ...ledgerProblems(context),
    ...(await unprovenMarks(context, states)),
    ...unprovenPlan(context),
    ...unprovenTasks(context),
    ...rewrittenTasks(context),
    ...settingsChanges(context),
    ...unmetPendingTests(context),
    ...(await absentTests(context)),
    ...(again?.findings ?? []),
    ...(depth.replay ? await failingTests(context) : []),
  ]
  return {
    feature: context.key,
    passed: findings.length === 0,
    ...countsOf(context, states),
    replayed: again?.runs ?? null,
    findings,
  }
}

type Counts = Omit<Verified, 'feature' | 'passed' | 'replayed' | 'planGone' | 'findings'>

function countsOf(
  { ledger: { events }, plan }: Pick<Context, 'ledger'> & { plan: Pick<Plan, 'tasks'> },
  states: ReadonlyMap<string, TaskState>,
): Counts {
  const count = (wanted: (status: TaskState) => boolean) =>
    [...states.values()].filter(wanted).length
  return {
    events: events.length,
    done: count(status => status.stage === 'done'),
    waived: count(status => status.waived) + events.filter(isWaiver).length,
    approved: events.filter(({ kind }) => kind === 'approved').length,
    confirmed: events.filter(isConfirmed).length,
    allowed: events.filter(({ kind }) => kind === 'runs-allowed').length,
    dropped: plan.tasks.filter(({ markers }) => markers[0]?.state === 'other').length,
    loadFailure: events.filter(isLoadFailure).length,
    set: plan.tasks.filter(({ kindReason }) => kindReason.includes('settings')).length,
    unseen: events.flatMap(uncheckedIn).length,
    superseded: supersededIn(events),
    late: events.filter(event => event.kind === 'red' && event.checkout === 'late').length,
  }
}

/** Its tests could not be loaded: that they failed for want of the behaviour was not seen. */
function isLoadFailure(event: Event): boolean {
  return event.kind === 'red' && (event.loadFailure || event.loadErrors.length > 0)
}

function uncheckedIn(event: Event): Reverified[] {
  const seen = event.kind === 'done' || event.kind === 'validation' ? event.reverified : []
  return (seen ?? []).filter(({ how }) => how === 'unseen')
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

/** Of a finding or a standard; those of tasks are counted with the tasks. */
function isWaiver(event: Event): boolean {
  const isStandard = event.kind === 'standard-confirmed' && event.waived !== undefined
  return isStandard || event.kind === 'gotcha-waived'
}
