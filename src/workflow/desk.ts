import path from 'node:path'
import type { Dialect, Shelf } from '../dialects/dialect.ts'
import { sha256 } from '../evidence/chain.ts'
import type { Event, EventBody } from '../evidence/event.ts'
import { historiesOf, type History } from '../evidence/history.ts'
import { owedAfter, type Owed } from '../evidence/owed.ts'
import { assignKinds } from '../plan/assigned-kinds.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { liveClaims, type Claim } from '../store/claims.ts'
import { appendEvents, readLedger, type Ledger } from '../store/ledger.ts'
import { readSettings, type Settings } from '../store/settings.ts'
import { shelfOf } from '../store/shelf.ts'
import { readTables } from '../store/workflow-database.ts'
import { stateOf, type State } from '../store/state.ts'
import { openWorkspace, type Workspace } from '../store/workspace.ts'
import type { Call } from './call.ts'
import { chooseFeature } from './choose-feature.ts'
import { Refusal } from './refusal.ts'

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
  histories: Map<string, History>
  owed: Owed
  claims: Map<string, Claim>
}

/** Reads settings, plan and ledger, and writes nothing. */
export async function lookDesk(call: Call): Promise<Desk> {
  const { workspace, state } = placeOf(call)
  const settings = readSettings(workspace)
  const shelf = shelfOf(workspace, await readTables(workspace))
  const { dialect, candidate, evidence } = chooseFeature(shelf, settings.dialect, call)
  const plan = assignKinds(dialect.read(shelf, candidate, evidence), settings.kinds)
  const ledger = readLedger(state, plan.feature.id)
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
    histories: historiesOf(ledger.events),
    owed: owedAfter(ledger.events),
    claims: liveClaims(state, plan.feature.id, new Date()),
  }
}

/** Where a call works: the folder, and the server's own files in it. */
export function placeOf(call: Call): Pick<Desk, 'workspace' | 'state'> {
  const workspace = workspaceOf(call)
  return { workspace, state: stateOf(workspace) }
}

/** Records events. Call it inside `atDesk` only. */
export function record(desk: Desk, ...bodies: EventBody[]): Event[] {
  refuseBrokenLedger(desk)
  return appendEvents(desk.state, desk.plan.feature.id, bodies, servedAs(desk.call))
}

/** The word for whom a call serves, in the ledger: it tells one server or terminal from another, and not who they are. */
export function servedAs({ holder }: Call): string {
  return sha256(holder.id).slice(0, 8)
}

/** Nothing is built upon a chain that does not hold. */
export function refuseBrokenLedger({ ledger, workspace }: Desk): void {
  const [damage] = ledger.damage
  if (!damage) return
  const place = `${path.relative(workspace.root, damage.path)}, line ${damage.line}`
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
