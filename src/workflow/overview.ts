import { isDropped } from '../plan/dropped-task.ts'
import type { Feature, Marker, Task } from '../plan/plan.ts'
import type { Progress } from '../plan/progress.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Call } from './context/call.ts'
import type { Context } from './context/context.ts'
import { loadContext } from './context/load-context.ts'
import {
  foreignFiles,
  ledgerProblems,
  planProblems,
  type LocatedProblem,
} from './context/problems.ts'
import { startedAs } from './context/plan-changes.ts'
import { latestHolder } from '../store/leases/leases.ts'
import { scheduleState } from './context/schedule-state.ts'
import { holderLabel, taskHolder, type TaskHolder } from './context/task-holder.ts'
import { progressAt, taskStates, type TaskStates } from './context/task-state.ts'
import type { TaskState } from './context/evidence-state.ts'
import { waitsForHuman, type HumanWait } from './human/waiting.ts'
import { toolchainOf, type Toolchain } from './testing/toolchain.ts'

/** A task in `redgreen status --json` and in the resource `progress`. */
export interface TaskOverview {
  id: string
  title: string
  phase: string
  kind: string
  stage: Stage
  claimed: boolean
  waived: boolean
  owed: boolean
  /** It failed and was not resumed. */
  failed: boolean
  /** The reported error. */
  error: string | null
  /** Who works on it. */
  holder: TaskHolder | null
  /** Set from its start until it is done: when it was started, and who had it last, if this clone knows. */
  started: { at: string; by: string | null } | null
  /** The title when the task was started, if the task asks for something else now. */
  changed: string | null
  parallel: boolean
  files: string[]
  dependsOn: string[]
  acceptance: string[]
  /** Absent for a task that the plan needs. */
  optional?: boolean
  /** Its author struck it out or marked it as dropped. Absent for other tasks, and for one that was finished before. */
  dropped?: boolean
  /** Ids of its sub-tasks, if it only groups them. */
  parts?: string[]
  location: { path: string; line: number }
  carriers: Pick<Marker, 'path' | 'line' | 'text' | 'state'>[]
}

/** The status of a feature. A task that is only ticked in the file (`claimed`) is not counted as done. */
export interface Overview {
  /** Absolute path. */
  workspace: string
  /** `evidence` says what decided the dialect and the feature. */
  feature: Feature & { evidence: string }
  progress: Progress
  /** The failed task that stops the feature. */
  halted: { task: string; error: string; since: string } | null
  /** Decisions that the work waits for and that only a human can make. */
  waitsForHuman: HumanWait[]
  problems: LocatedProblem[]
  toolchain: Toolchain
  /** The store that several clones share, if there is one, and whether it was reached just now. `problems` says why not. */
  store?: { name: string; reached: true } | { reached: false; since: string }
  tasks: TaskOverview[]
}

/** Reads the status of a feature. Writes nothing. */
export async function overview(call: Call): Promise<Overview> {
  return overviewOf(await loadContext(call))
}

/** The status of the loaded feature. */
export async function overviewOf(context: Context): Promise<Overview> {
  const states = taskStates(context)
  return {
    workspace: context.workspace.root,
    feature: { ...context.plan.feature, evidence: context.evidence },
    progress: progressAt(context, states),
    halted: haltOf(context, states),
    waitsForHuman: waitsForHuman(context, states),
    problems: [
      ...planProblems(context),
      ...ledgerProblems(context),
      ...(await foreignFiles(context)),
    ],
    toolchain: toolchainOf(context),
    ...storeOf(context),
    tasks: context.plan.tasks.map(task => taskOverview(context, task, states.get(task.id))),
  }
}

function storeOf({ coordinator, offlineSince }: Context): Pick<Overview, 'store'> {
  const { clone, label = '' } = coordinator
  if (offlineSince !== undefined) return { store: { reached: false, since: offlineSince } }
  return clone === undefined ? {} : { store: { name: label, reached: true } }
}

function haltOf(context: Context, states: TaskStates): Overview['halted'] {
  const task = scheduleState(context, states).halted?.task
  const failed = task === undefined ? undefined : states.get(task)?.history.failed
  return failed ? { task: failed.task, error: failed.error, since: failed.at } : null
}

function taskOverview(context: Context, task: Task, state: TaskState | undefined): TaskOverview {
  const { id, title, phase, kind, parallel, files, dependsOn, acceptance, location } = task
  return {
    id,
    title,
    phase,
    kind,
    stage: state?.stage ?? 'todo',
    claimed: state?.unverified ?? false,
    waived: state?.waived ?? false,
    owed: state?.hasPendingTests ?? false,
    failed: state?.failed ?? false,
    error: state?.history.failed?.error ?? null,
    holder: taskHolder(context, id),
    started: startOf(context, id, state),
    changed: state?.changed ?? changedSinceStart(context, task, state) ?? null,
    parallel,
    files,
    dependsOn,
    acceptance,
    ...(task.optional === true && { optional: true }),
    ...(isDropped(task) && state?.stage !== 'done' && { dropped: true }),
    ...(task.parts && { parts: task.parts }),
    location,
    carriers: task.markers.map(({ path, line, text, state }) => ({ path, line, text, state })),
  }
}

function startOf(
  { leaseTable, key }: Context,
  task: string,
  state: TaskState | undefined,
): TaskOverview['started'] {
  const start = state?.history.start
  if (!start || state.stage === 'done' || state.waived) return null
  const last = latestHolder(leaseTable, key, task)
  return { at: start.at, by: last ? holderLabel(last) : null }
}

/** The title that a task in progress was started with, if it asks for something else now. */
function changedSinceStart(
  context: Context,
  task: Task,
  state: TaskState | undefined,
): string | undefined {
  const start = state?.history.start
  if (!start || state.stage === 'done') return undefined
  return startedAs(context, task, start)
}
