import path from 'node:path'
import { Unsupported, type Dialect, type Shelf } from '../../dialects/dialect.ts'
import { sha256 } from '../../evidence/chain.ts'
import type { Event, EventBody } from '../../evidence/event.ts'
import type { History } from '../../evidence/history.ts'
import type { Owed } from '../../evidence/pending-tests.ts'
import { assignKinds } from '../../plan/assigned-kinds.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { readClaims, type Claim, type ClaimBook } from '../../store/leases/lease-table.ts'
import { fenced } from '../../store/leases/fencing.ts'
import { liveClaims } from '../../store/leases/leases.ts'
import { thisMoment } from '../../store/leases/expiry.ts'
import { appendEvents, readLedger, type Ledger } from '../../store/ledger.ts'
import type { Holder } from '../../store/leases/holder.ts'
import { readSettings, type Settings } from '../../store/settings.ts'
import { shelfOf } from '../../store/workspace-reader.ts'
import { readTables } from '../../store/workflow-database.ts'
import { stateOf, type State } from '../../store/state.ts'
import type { Fence } from '../../store/transaction/sequence.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'
import { Refusal } from './refusal.ts'
import { rememberedPlan } from './plan-cache.ts'
import { witnessedIn } from './history-cache.ts'

/** Everything that a step decides by, read from the disk for this one call. */
export interface Desk {
  call: Call
  workspace: Workspace
  state: State
  settings: Settings
  shelf: Shelf
  dialect: Dialect
  plan: Plan
  /** The plan's tasks by id. */
  tasks: ReadonlyMap<string, Task>
  ledger: Ledger
  histories: ReadonlyMap<string, History>
  owed: Owed
  /** The claims that bind somebody, by task. */
  claims: Map<string, Claim>
  /** All claims of the clone. */
  book: ClaimBook
}

/** Reads settings, plan and ledger, and writes nothing. */
export async function lookDesk(call: Call): Promise<Desk> {
  const { workspace, state } = placeOf(call)
  const settings = readSettings(workspace)
  const shelf = shelfOf(workspace, await readTables(workspace))
  const { dialect, candidate, evidence } = chooseFeature(shelf, settings.dialect, call)
  const key = [state.local, dialect.name, candidate.id, candidate.dir, evidence].join('\n')
  const plan = rememberedPlan([key, settings.hash].join('\n'), shelf, shelf =>
    assignKinds(dialect.read(shelf, candidate, evidence), settings.kinds),
  )
  if (plan.tasks.length > MOST_TASKS) {
    const text = `It has ${plan.tasks.length} tasks; a plan may have ${MOST_TASKS}.`
    throw new Unsupported(candidate.tasks, 1, text)
  }
  const ledger = readLedger(state, plan.feature.id)
  const book = readClaims(state)
  return {
    call,
    workspace,
    state,
    settings,
    shelf,
    dialect,
    plan,
    tasks: new Map(plan.tasks.map(task => [task.id, task])),
    ledger,
    ...witnessedIn(key, ledger.events),
    claims: liveClaims(book, plan.feature.id, thisMoment()),
    book,
  }
}

const MOST_TASKS = 20_000

/** Where a call works: the folder, and the server's own files in it. */
export function placeOf(call: Call): Pick<Desk, 'workspace' | 'state'> {
  const workspace = workspaceOf(call)
  return { workspace, state: stateOf(workspace) }
}

/**
 * Records events. Call it inside `atDesk` only: when another process has recorded something since the desk was read,
 * this throws `Overtaken`, and everything is decided again.
 */
export function record(desk: Desk, ...bodies: EventBody[]): Event[] {
  return recordMarking(desk, undefined, ...bodies)
}

/** As `record`, of events from which marks of a task follow. */
export function recordMarking(
  desk: Desk,
  marks: string | undefined,
  ...bodies: EventBody[]
): Event[] {
  refuseBrokenLedger(desk)
  const { state, plan, ledger, call } = desk
  const { events, commit } = appendEvents(state, plan.feature.id, bodies, {
    by: servedAs(call),
    after: ledger.commit,
    ...(marks !== undefined && { marks }),
    fence: fenceFor(desk, bodies),
  })
  ledger.commit = commit
  return events
}

/** What is said of a task holds only as long as nobody else takes it, in whatever worktree. */
function fenceFor({ state, plan, call, book }: Desk, bodies: readonly EventBody[]): Fence {
  const [task] = bodies.flatMap(body => ('task' in body ? [body.task] : []))
  if (task === undefined) return (_draft, put) => put()
  const decision = { feature: plan.feature.id, task, by: call.holder, book }
  return (draft, put) => fenced(state, decision, draft, put)
}

/** The word for whom a call serves, in the ledger: it tells one server or terminal from another, and not who they are. */
export function servedAs({ holder }: Call): string {
  return wordFor(holder)
}

/** The same word for the same server or terminal. */
export function wordFor({ id }: Pick<Holder, 'id'>): string {
  return sha256(id).slice(0, 8)
}

/** Nothing is built upon a chain that does not hold. */
export function refuseBrokenLedger({ ledger, workspace }: Desk): void {
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
export function reread(desk: Desk): Promise<Desk> {
  return lookDesk(desk.call)
}

/** The task with this id; refuses one that the plan does not have. */
export function taskOf(desk: Desk, id: string): Task {
  const task = desk.tasks.get(id)
  if (task) return task
  const { tasks } = desk.plan
  const near = tasks.find(task => task.id.toLowerCase() === id.toLowerCase().trim())
  throw new Refusal(
    'unknown_task',
    `There is no task ${id} in ${desk.plan.feature.id}.`,
    `Its tasks are ${tasks[0]?.id}–${tasks.at(-1)?.id}${near ? `; ${near.id} is the nearest` : ''}.`,
    `To get the one that is due, ${desk.call.surface.tell('next_task')}.`,
  )
}

/** This moment, as events and workflows write it. */
export function now(): string {
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
