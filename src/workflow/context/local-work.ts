import type { Event, EventOf } from '../../evidence/event.ts'
import type { Plan } from '../../plan/plan.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'

/** The events and tasks whose code is in this clone and branch, separated from work on code that is elsewhere. */
export interface LocalWork {
  /** The events without those about code that is not here. */
  events: readonly Event[]
  /** The tasks that are finished, and whose code is not here, by their latest `done`. */
  elsewhere: ReadonlyMap<string, EventOf<'done'>>
  /** The tasks whose marks were made by hand here, although another clone finished them, by their latest `done`. */
  ticked: ReadonlyMap<string, EventOf<'done'>>
}

/** The clone and branch from which the work on a feature is seen. */
export interface Viewpoint {
  plan: Plan
  /** The id of the clone; `null` if only the marks decide; `undefined` if no other clone shares the feature. */
  clone: string | null | undefined
  /** Tasks that are done here, and whose marks are about to be written. */
  unmarked: readonly (string | undefined)[]
  /** Tasks whose marks are here and whose code is not. */
  withoutCode?: ReadonlySet<string>
}

/**
 * Splits the events of a feature that several clones work on. The code of a task comes with its mark, in one branch. Until then, a task
 * that another clone works on is not started here, and one that is finished, in another clone or on another branch, is not done here. A
 * mark that came without the code is one that was made by hand: it proves nothing, as everywhere. What humans decided holds everywhere.
 */
export function localWork(
  events: readonly Event[],
  { plan, clone, unmarked, withoutCode = NONE }: Viewpoint,
): LocalWork {
  const elsewhere = new Map<string, EventOf<'done'>>()
  const ticked = new Map<string, EventOf<'done'>>()
  if (clone === undefined) return { events, elsewhere, ticked }
  // Without a mark, nothing shows whether the code of a task is here.
  const open = new Set(
    plan.tasks
      .filter(({ id, markers: [mark] }) => mark && mark.state !== 'done' && !unmarked.includes(id))
      .map(({ id }) => id),
  )
  for (const event of events) {
    if (event.clone === undefined || !('task' in event) || event.task === undefined) continue
    if (withoutCode.has(event.task) && event.kind === 'done' && event.clone !== clone)
      ticked.set(event.task, event)
    if (!open.has(event.task)) continue
    if (event.kind === 'done') elsewhere.set(event.task, event)
    else if (event.kind === 'reopened' || event.kind === 'start') elsewhere.delete(event.task)
  }
  const isMissing = (event: Event) =>
    event.clone !== undefined &&
    ('task' in event
      ? ABOUT_CODE.has(event.kind) &&
        (open.has(event.task)
          ? event.clone !== clone || elsewhere.has(event.task)
          : ticked.has(event.task) && event.clone !== clone)
      : ABOUT_A_CLONE.has(event.kind) && clone !== null && event.clone !== clone)
  // If nothing is missing, the same list is returned, so that results that are cached for it stay valid.
  if (!events.some(isMissing)) return { events, elsewhere, ticked }
  return { events: events.filter(event => !isMissing(event)), elsewhere, ticked }
}

const NONE: ReadonlySet<string> = new Set()

const ABOUT_CODE: ReadonlySet<string> = new Set([
  'start',
  'red',
  'green',
  'mutation',
  'before',
  'suite',
  'done',
  'refused',
  'failed',
])

/** Kinds of events that concern all code of one clone. */
const ABOUT_A_CLONE: ReadonlySet<string> = new Set(['baseline', 'findings', 'validation'])

/** A lease on a task, or the note that it is finished elsewhere. */
export interface TaskLease extends LeaseEntry {
  finishedElsewhere?: { branch: string; clone: string | undefined }
}

/** A task that is finished elsewhere counts as held: nobody here starts it, and what depends on it waits for its code. */
export function leasesElsewhere(elsewhere: LocalWork['elsewhere']): [task: string, TaskLease][] {
  return [...elsewhere].map(([task, { at, by, branch = '', clone }]) => [
    task,
    {
      holder: { id: by, name: 'finished elsewhere', host: '', pid: 0, startTime: '' },
      since: at,
      until: NEVER,
      token: 0,
      files: [],
      finishedElsewhere: { branch, clone },
    },
  ])
}

const NEVER = '9999-12-31T23:59:59.999Z'
