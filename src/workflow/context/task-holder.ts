import type { Event } from '../../evidence/event.ts'
import { placedOfTask } from '../../evidence/event-index.ts'
import type { Task } from '../../plan/plan.ts'
import { knownName } from '../../store/coordinator/clone-names.ts'
import type { Holder } from '../../store/leases/holder.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'
import { hasLiveRun } from '../../store/live-runs.ts'
import type { Context } from './context.ts'
import { holderTag } from './record.ts'

/** Who works on a task. */
export interface TaskHolder {
  name: string
  /** The other clone in which it works, or finished the task, such as `build-7:shop`. */
  clone?: string
  /** ISO 8601, UTC. */
  since: string
  /** Seconds since the holder last did something for the task; 0 while its tests run. */
  idleSeconds: number
  /** It finished the task in another clone or on another branch, and the code is not here. */
  finished?: { branch: string }
}

/** The holder of a task; `null` if nobody has a valid lease on it. */
export function taskHolder(
  { leases, ledger, state }: HolderFacts,
  task: string,
): TaskHolder | null {
  const lease = leases.get(task)
  if (!lease) return null
  const { holder, since } = lease
  const { finishedElsewhere: finished } = lease
  const clone = finished ? knownName(state, finished.clone) : holder.clone
  const who = { name: holder.name, ...(clone !== undefined && { clone }), since }
  if (finished) return { ...who, idleSeconds: 0, finished: { branch: finished.branch } }
  const active = hasLiveRun(state, holder) ? Date.now() : lastActivity(lease, ledger.events, task)
  const idleSeconds = Math.max(0, Math.round((Date.now() - active) / 1000))
  return { ...who, idleSeconds }
}

type HolderFacts = Pick<Context, 'leases' | 'ledger' | 'state'>

/** The tasks that somebody works on, in the order of the plan. */
export function leasedTasks({
  plan,
  tasks,
  leases,
}: Pick<Context, 'plan' | 'tasks' | 'leases'>): Task[] {
  const leased = [...leases.keys()].flatMap(id => tasks.get(id) ?? [])
  // Most calls have at most one, so the plan, which may be long, is not searched.
  return leased.length < 2 ? leased : plan.tasks.filter(({ id }) => leases.has(id))
}

/** A holder and its idle time as a clause, such as `claude-code (process 4711) has worked on T001 since … (idle for 12 min)`. */
export function describeHolder(holder: TaskHolder, task: string): string {
  const { clone, since, idleSeconds, finished } = holder
  if (finished) {
    const inClone = clone === undefined ? 'in another clone' : `in the clone ${clone}`
    const onBranch = `on branch ${finished.branch}${clone === undefined ? '' : ` ${inClone}`}`
    return `${task} was finished ${finished.branch === '' ? inClone : onBranch} at ${since}, and its mark is not here`
  }
  return `${holderLabel(holder)} has worked on ${task} since ${since} (${describeIdle(idleSeconds)})`
}

/** A holder for humans, with its clone if that is another one. */
export function holderLabel({ name, clone, finished }: HolderName): string {
  if (clone === undefined) return name
  return finished ? `finished in the clone ${clone}` : `${name} in the clone ${clone}`
}

/** Where else somebody works on a task, or finished it, as a clause; empty if it is here, or nobody does. */
export function elsewhereNote(context: HolderFacts, task: string): string {
  const holder = taskHolder(context, task)
  if (!holder || (!holder.finished && holder.clone === undefined)) return ''
  return `: ${holderLabel(holder)}`
}

type HolderName = Pick<Holder, 'name' | 'clone'> & Pick<TaskHolder, 'finished'>

/** The idle time of a holder as a phrase. */
export function describeIdle(seconds: number): string {
  if (seconds < 60) return 'active'
  const minutes = Math.floor(seconds / 60)
  return minutes < 120 ? `idle for ${minutes} min` : `idle for ${Math.floor(minutes / 60)} h`
}

/** Milliseconds of the later one of the last use of the lease and the last event that the holder recorded. */
function lastActivity(
  { active, since, holder }: LeaseEntry,
  events: readonly Event[],
  task: string,
): number {
  const tag = holderTag(holder)
  const last = placedOfTask(events, task).findLast(({ event }) => event.by === tag)
  const times = [active, since, last?.event.at].map(at => Date.parse(at ?? ''))
  return Math.max(...times.filter(time => !Number.isNaN(time)))
}
