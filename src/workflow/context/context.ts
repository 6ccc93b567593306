import path from 'node:path'
import { Unsupported, type Dialect, type WorkspaceReader } from '../../dialects/dialect.ts'
import { sha256 } from '../../evidence/chain.ts'
import type { Event, EventBody } from '../../evidence/event.ts'
import type { History } from '../../evidence/history.ts'
import type { PendingTests } from '../../evidence/pending-tests.ts'
import { assignKinds } from '../../plan/assigned-kinds.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { readLeases, type LeaseEntry, type LeaseTable } from '../../store/leases/lease-table.ts'
import { withFence } from '../../store/leases/fencing.ts'
import { activeLeases } from '../../store/leases/leases.ts'
import { readClocks } from '../../store/leases/expiry.ts'
import { appendEvents, readLedger, type Ledger } from '../../store/ledger.ts'
import type { Holder } from '../../store/leases/holder.ts'
import { readSettings, type Settings } from '../../store/settings.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { readTables } from '../../store/workflow-database.ts'
import { stateOf, type State } from '../../store/state.ts'
import type { Fence } from '../../store/transaction/sequence.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'
import { Refusal } from './refusal.ts'
import { cachedPlan } from './plan-cache.ts'
import { cachedHistory } from './history-cache.ts'

/** Everything that a step decides by, read from the disk for this one call. */
export interface Context {
  call: Call
  workspace: Workspace
  state: State
  settings: Settings
  reader: WorkspaceReader
  dialect: Dialect
  /** What decided the dialect and the feature, as a phrase. */
  evidence: string
  plan: Plan
  /** The plan's tasks by id. */
  tasks: ReadonlyMap<string, Task>
  ledger: Ledger
  histories: ReadonlyMap<string, History>
  pendingTests: PendingTests
  /** The claims that bind somebody, by task. */
  leases: Map<string, LeaseEntry>
  /** All claims of the clone. */
  leaseTable: LeaseTable
}

/** Reads settings, plan and ledger, and writes nothing. */
export async function loadContext(call: Call): Promise<Context> {
  const { workspace, state } = callWorkspace(call)
  const settings = readSettings(workspace)
  const reader = workspaceReader(workspace, await readTables(workspace))
  const { dialect, candidate, evidence } = chooseFeature(reader, settings.dialect, call)
  const key = [state.local, dialect.name, candidate.id, candidate.dir].join('\n')
  const plan = cachedPlan([key, settings.hash].join('\n'), reader, reader =>
    assignKinds(dialect.read(reader, candidate), settings.kinds),
  )
  if (plan.tasks.length > MOST_TASKS) {
    const text = `It has ${plan.tasks.length} tasks; a plan may have ${MOST_TASKS}.`
    throw new Unsupported(candidate.tasks, 1, text)
  }
  const ledger = readLedger(state, plan.feature.id)
  const book = readLeases(state)
  return {
    call,
    workspace,
    state,
    settings,
    reader,
    dialect,
    evidence,
    plan,
    tasks: new Map(plan.tasks.map(task => [task.id, task])),
    ledger,
    ...cachedHistory(key, ledger.events),
    leases: activeLeases(book, plan.feature.id, readClocks()),
    leaseTable: book,
  }
}

const MOST_TASKS = 20_000

/** Where a call works: the folder, and the server's own files in it. */
export function callWorkspace(call: Call): Pick<Context, 'workspace' | 'state'> {
  const workspace = workspaceOf(call)
  return { workspace, state: stateOf(workspace) }
}

/**
 * Records events. Call it inside `atDesk` only: when another process has recorded something since the desk was read,
 * this throws `Overtaken`, and everything is decided again.
 */
export function record(context: Context, ...bodies: EventBody[]): Event[] {
  return recordMarking(context, undefined, ...bodies)
}

/** As `record`, of events from which marks of a task follow. */
export function recordMarking(
  context: Context,
  marks: string | undefined,
  ...bodies: EventBody[]
): Event[] {
  refuseBrokenLedger(context)
  const { state, plan, ledger, call } = context
  const { events, commit } = appendEvents(state, plan.feature.id, bodies, {
    by: callerTag(call),
    after: ledger.commit,
    ...(marks !== undefined && { marks }),
    fence: fenceFor(context, bodies),
  })
  ledger.commit = commit
  return events
}

/** What is said of a task holds only as long as nobody else takes it, in whatever worktree. */
function fenceFor(
  { state, plan, call, leaseTable: book }: Context,
  bodies: readonly EventBody[],
): Fence {
  const [task] = bodies.flatMap(body => ('task' in body ? [body.task] : []))
  if (task === undefined) return (_draft, put) => put()
  const decision = { feature: plan.feature.id, task, by: call.holder, book }
  return (draft, put) => withFence(state, decision, draft, put)
}

/** The word for whom a call serves, in the ledger: it tells one server or terminal from another, and not who they are. */
export function callerTag({ holder }: Call): string {
  return holderTag(holder)
}

/** The same word for the same server or terminal. */
export function holderTag({ id }: Pick<Holder, 'id'>): string {
  return sha256(id).slice(0, 8)
}

/** Nothing is built upon a chain that does not hold. */
export function refuseBrokenLedger({ ledger, workspace }: Context): void {
  if (ledger.unwritable !== undefined) throw ledger.unwritable
  const damage = ledger.damage.find(({ newer }) => !newer) ?? ledger.damage[0]
  if (!damage) return
  const place = `${path.relative(workspace.root, damage.path)}, line ${damage.line}`
  if (damage.newer) {
    throw new Refusal(
      'unsupported_file',
      `${place}, holds an event that this version does not know: a newer one wrote it.`,
      'Nothing was recorded; what is known of it can still be read. A person has to update redgreen-mcp.',
    )
  }
  throw new Refusal(
    'ledger_broken',
    `The ledger is broken at ${place}: ${damage.text}.`,
    'Nothing was recorded. A person has to look at the file and restore it, for example from git.',
  )
}

/** The same desk with everything read anew. */
export function refresh(context: Context): Promise<Context> {
  return loadContext(context.call)
}

/** The task with this id; refuses one that the plan does not have. */
export function requireTask(context: Context, id: string): Task {
  const task = context.tasks.get(id)
  if (task) return task
  const { tasks } = context.plan
  const near = tasks.find(task => task.id.toLowerCase() === id.toLowerCase().trim())
  throw new Refusal(
    'unknown_task',
    `There is no task ${id} in ${context.plan.feature.id}.`,
    `Its tasks are ${tasks[0]?.id}–${tasks.at(-1)?.id}${near ? `; ${near.id} is the nearest` : ''}.`,
    `To get the one that is due, ${context.call.frontend.describeStep('next_task')}.`,
  )
}

/** This moment, as events and workflows write it. */
export function timestamp(): string {
  return new Date().toISOString()
}

function workspaceOf(call: Call): Workspace {
  const workspace = openWorkspace(call.root)
  if (workspace) return workspace
  throw new Refusal(
    'no_feature',
    `There is no folder ${call.root}, so no plan could be read.`,
    'Start the server with --root and the folder of the project, or set REDGREEN_ROOT.',
  )
}
