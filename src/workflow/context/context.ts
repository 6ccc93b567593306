import {
  Unsupported,
  type Candidate,
  type Dialect,
  type WorkspaceReader,
} from '../../dialects/dialect.ts'
import { featureKey } from '../../dialects/feature-ids.ts'
import { filesInProject } from '../../dialects/project-files.ts'
import { rememberingReader } from '../../dialects/remembering-reader.ts'
import { assignKinds } from '../../plan/assigned-kinds.ts'
import { marksSince } from '../../plan/changed-marks.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { remembered } from '../../plan/remembered.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { filesCoordinator } from '../../store/coordinator/files.ts'
import { noteOffline, noteReached } from '../../store/coordinator/offline-note.ts'
import { offlineCoordinator } from '../../store/coordinator/offline.ts'
import type { LeaseTable } from '../../store/leases/lease-table.ts'
import { activeLeases } from '../../store/leases/leases.ts'
import { finishLedger, readLedger, type Ledger } from '../../store/ledger.ts'
import { readSettings, type Settings } from '../../store/settings.ts'
import { stateOf, type State } from '../../store/state.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { findFeature, takeChosen } from './chosen-feature.ts'
import { tasksWithoutCode } from './code-here.ts'
import { Refusal } from './refusal.ts'
import { cachedPlan, type PlanReading } from './plan-cache.ts'
import { cachedHistory, type LedgerHistory } from './history-cache.ts'
import {
  leasesElsewhere,
  workHere,
  type Place,
  type TaskLease,
  type WorkHere,
} from './work-elsewhere.ts'
import { withRecordedIds } from './task-ids.ts'
import { countOf } from '../../plan/format-list.ts'

/** Everything that a step bases its decisions on, read from disk for one call. */
export interface Context extends Source, PlanFields, LedgerFields, LeaseFields {
  call: Call
}

/** What does not change during a call: where the plan is, and how it is read. */
interface Source {
  workspace: Workspace
  /** Set if the workspace is a temporary checkout: what it was made from. */
  origin?: Workspace
  state: State
  /** Decides, with all servers that work on the project. */
  coordinator: CloneCoordinator
  settings: Settings
  reader: WorkspaceReader
  dialect: Dialect
  candidate: Candidate
  /** Names the feature's ledger, leases and snapshot references. */
  key: string
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
  /** A sentence, if something else names another feature. */
  doubt?: string
  /** Why the store that several clones share cannot be used: what is read here may be old. */
  storeProblem?: StoreUnreachable
  /** Since when it could not be reached from this clone. */
  offlineSince?: string
  /** True in a transaction: reading the ledger first writes what a crash left out. */
  finishes: boolean
  /** Tasks of other clones whose marks are here and whose code is not. */
  withoutCode?: ReadonlySet<string>
}

interface PlanFields extends PlanReading {
  /** The plan's tasks by id. */
  tasks: ReadonlyMap<string, Task>
}

interface LedgerFields extends LedgerHistory, Pick<WorkHere, 'elsewhere' | 'ticked'> {
  ledger: Ledger
}

interface LeaseFields {
  /** The valid leases of the feature, by task id, and the tasks that another clone finished. */
  leases: ReadonlyMap<string, TaskLease>
  /** All leases of the clone. */
  leaseTable: LeaseTable
}

/** How a context is loaded. */
interface Loading {
  /** First writes what a crash left out of the ledger. */
  finishes?: boolean
  /** Where the leases and the ledger are; default: the store of the settings. */
  from?: CloneCoordinator
  /** If a shared store cannot be reached, what this clone has is enough. */
  mayBeOld?: boolean
  /** The store could not be reached just now, so it is not tried again. */
  unreachable?: StoreUnreachable | undefined
}

/** Reads settings, plan, ledger and leases. Writes nothing of its own accord, except what a shared store has of the ledger. */
export async function loadContext(call: Call, loading: Loading = {}): Promise<Context> {
  const { mayBeOld = true, unreachable } = loading
  if (unreachable) return loadOffline(call, loading, unreachable)
  try {
    const context = await loadFrom(call, loading)
    if (context.coordinator.clone !== undefined) noteReached(context.state)
    return context
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error
    if (mayBeOld) return loadOffline(call, loading, error)
    noteOffline(callWorkspace(call).state)
    throw error
  }
}

async function loadOffline(
  call: Call,
  loading: Loading,
  storeProblem: StoreUnreachable,
): Promise<Context> {
  const { state } = callWorkspace(call)
  const offlineSince = noteOffline(state)
  const from = offlineCoordinator(state, storeProblem)
  const context = await loadFrom(call, { ...loading, from })
  return { ...context, storeProblem, offlineSince }
}

/** As `loadContext`, from the files of this clone alone: they have to prove everything without the store that recorded it. */
export function loadFiles(call: Call): Promise<Context> {
  return loadFrom(call, { from: filesCoordinator(callWorkspace(call).state) })
}

/** The context without tasks that clones work on, or finished, on other branches: their code and their snapshots need not be here. */
export function withCodeHere(context: Context): Context {
  return { ...context, ...eventFields(context, context, context.ledger, { clone: NO_CLONE }) }
}

/** The result is the same in every clone. */
const NO_CLONE = null

async function loadFrom(call: Call, { finishes = false, from }: Loading): Promise<Context> {
  const chosen = takeChosen(call) ?? (await findFeature(call, workspaceOf(call)))
  const { workspace, state, settings, reader, moment, choice } = chosen
  const coordinator = from ?? (await coordinatorFor(workspace, state, settings))
  const key = featureKey(choice.candidate)
  await coordinator.bringUpToDate(key)
  const leaseTable = await coordinator.leases()
  const { clone } = coordinator
  const place = { workspace, state, coordinator, settings, reader, finishes, key, ...choice }
  const ledger = readEvents(place)
  // After the ledger: a task that it has as done is marked by then. If another clone had to be asked, names may have changed too.
  const plan = readPlan(place, ledger, clone === undefined ? moment : undefined)
  const source = {
    ...place,
    ...(clone !== undefined && {
      withoutCode: await tasksWithoutCode(workspace, plan.plan, ledger.events, clone),
    }),
  }
  const events = eventFields(source, plan, ledger)
  const leases = leaseFields({ ...source, ...events }, leaseTable)
  const context = { call, ...source, ...plan, ...events, ...leases }
  LATEST.set(call, context)
  return context
}

/** What the calls that are in progress have read last. */
const LATEST = new WeakMap<Call, Context>()

/** The context after the step of a call: of the feature that the step was about, with plan, ledger and leases as they are now. */
export async function contextAfter(call: Call): Promise<Context> {
  const latest = LATEST.get(call)
  if (!latest) return loadContext(call)
  const context = { ...latest, finishes: false }
  try {
    return await refresh(context)
  } catch (error) {
    // The step has succeeded.
    if (!(error instanceof StoreUnreachable)) throw error
    return reloadFiles(context)
  }
}

/** The context that a call has just read, if it has changed nothing. */
export function unchangedContext(call: Call): Context | undefined {
  const latest = LATEST.get(call)
  return latest && UNCHANGED.has(latest) ? latest : undefined
}

/** Notes that a call that ends now changes nothing, so that its context need not be read again. */
export function noteUnchanged(context: Context): void {
  UNCHANGED.add(context)
}

const UNCHANGED = new WeakSet<Context>()

/** The store that decides about the work of a call: the one that the call has used already, if it has. */
export async function callCoordinator(call: Call): Promise<CloneCoordinator> {
  const known = LATEST.get(call)?.coordinator
  if (known) return known
  const { workspace, state } = callWorkspace(call)
  return coordinatorFor(workspace, state, readSettings(workspace))
}

/** The workspace of a call, and where the server keeps its own files in it. */
export function callWorkspace(call: Call): Pick<Context, 'workspace' | 'state'> {
  const workspace = workspaceOf(call)
  return { workspace, state: stateOf(workspace) }
}

/** The context with the plan as its files are now. Call it after a write to them. */
export function reloadPlan(context: Context): Context {
  // With the plan, it changes which work of other clones is here.
  if (context.coordinator.clone !== undefined) return reloadFiles(context)
  return { ...context, ...readPlan(context, context.ledger) }
}

/** The context with the ledger as it is now. Call it after recording an event. */
export function reloadLedger(context: Context): Context {
  return { ...context, ...eventFields(context, context, readEvents(context)) }
}

/** The context with these leases. */
export function withLeases(context: Context, leaseTable: LeaseTable): Context {
  return { ...context, ...leaseFields(context, leaseTable) }
}

/** The context with plan, ledger and leases as they are now. */
export async function refresh(context: Context): Promise<Context> {
  const leaseTable = await context.coordinator.leases()
  return withLeases(reloadFiles(context), leaseTable)
}

/** The context with plan and ledger as their files are now. */
export function reloadFiles(context: Context): Context {
  const ledger = readEvents(context)
  const plan = readPlan(context, ledger)
  const events = eventFields(context, plan, ledger)
  const now = { ...context, ...plan, ...events }
  return withLeases(now, context.leaseTable)
}

function readPlan(
  source: Source,
  ledger: Ledger,
  moment = rememberingReader(source.reader),
): PlanFields {
  const { settings, dialect, candidate } = source
  const reader = moment.withTextsNow()
  const key = [cacheKey(source), settings.hash].join('\n')
  const read = (reader: WorkspaceReader) => {
    const plan = filesInProject(reader, dialect.read(reader, candidate))
    return plan.keepsIds ? plan : assignKinds(plan, settings.kinds)
  }
  const { plan: inFile, planTexts } = cachedPlan(key, reader, read, dialect.markState)
  const plan = inFile.keepsIds
    ? assignKinds(withRecordedIds(inFile, ledger.events), settings.kinds)
    : inFile
  if (plan.tasks.length > MAX_TASKS) {
    const text = `It has ${countOf(plan.tasks.length, 'task')}. A plan may have at most ${MAX_TASKS}.`
    throw new Unsupported(candidate.tasks, 1, text)
  }
  return { plan, planTexts, tasks: tasksById(plan) }
}

const MAX_TASKS = 20_000

const tasksById = remembered((plan: Plan): ReadonlyMap<string, Task> => {
  const since = marksSince(plan)
  if (!since) return new Map(plan.tasks.map(task => [task.id, task]))
  const tasks = new Map(tasksById(since.plan))
  for (const { now } of since.tasks) tasks.set(now.id, now)
  return tasks
})

function readEvents(source: Source): Ledger {
  const { coordinator, state, key } = source
  const read = source.finishes ? finishLedger : readLedger
  // In a store of this clone alone, the number of the ledger is its version.
  if (coordinator.clone === undefined) return read(state, key)
  // The version first: a decision based on it fails if something is added while the files are read.
  const commit = coordinator.versionHere(key)
  return { ...read(state, key), commit }
}

function eventFields(
  source: Source,
  { plan }: PlanFields,
  ledger: Ledger,
  { clone }: Pick<Place, 'clone'> = source.coordinator,
): LedgerFields {
  const { withoutCode } = source
  const { events, elsewhere, ticked } = workHere(ledger.events, {
    plan,
    clone,
    unmarked: ledger.unmarked.map(({ marks }) => marks),
    ...(withoutCode && { withoutCode }),
  })
  const here = events === ledger.events ? ledger : { ...ledger, events }
  return { ledger: here, elsewhere, ticked, ...cachedHistory(cacheKey(source), events) }
}

function leaseFields(
  { key, coordinator, elsewhere }: Pick<Context, 'key' | 'coordinator' | 'elsewhere'>,
  leaseTable: LeaseTable,
): LeaseFields {
  const active = activeLeases(leaseTable, key, coordinator.clocks())
  if (elsewhere.size === 0) return { leases: active, leaseTable }
  return { leases: new Map([...active, ...leasesElsewhere(elsewhere)]), leaseTable }
}

/** Key of the caches: two workspaces, or two dialects, may have features of the same id. */
function cacheKey({ state, dialect, candidate }: Source): string {
  return [state.local, dialect.name, candidate.id, candidate.dir].join('\n')
}

/** The current time, as events and workflows write it: ISO 8601, UTC. */
export function timestamp(): string {
  return new Date().toISOString()
}

function workspaceOf(call: Call): Workspace {
  const workspace = openWorkspace(call.root)
  if (workspace) return workspace
  throw new Refusal(
    'no_feature',
    `There is no folder ${call.root}, so no plan was read.`,
    'Start the server with --root and the folder of the project, or set REDGREEN_ROOT.',
  )
}
