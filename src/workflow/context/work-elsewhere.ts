import type { Event, EventOf } from '../../evidence/event.ts'
import type { Plan } from '../../plan/plan.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'

/** What other clones did for a task, and whose code is not here yet, cannot be judged here. */
export interface WorkHere {
  /** The events without those about code that is not here. */
  events: readonly Event[]
  /** The tasks that other clones finished, and whose code is not here. */
  elsewhere: ReadonlyMap<string, EventOf<'done'>>
}

/**
 * Splits the events of a feature that several clones work on. The code of a task comes with its mark, in one branch. Until then, a task that
 * another clone works on, or has finished, is neither started nor done here. What humans decided holds in every clone.
 */
export function workHere(
  events: readonly Event[],
  plan: Plan,
  clone: string | undefined,
): WorkHere {
  if (clone === undefined) return { events, elsewhere: new Map() }
  // Without a mark, nothing shows whether the code of a task is here.
  const open = new Set(
    plan.tasks.filter(({ markers: [mark] }) => mark && mark.state !== 'done').map(({ id }) => id),
  )
  const isMissing = (event: Event) =>
    ABOUT_CODE.has(event.kind) &&
    event.clone !== undefined &&
    event.clone !== clone &&
    'task' in event &&
    open.has(event.task)
  const here: Event[] = []
  const elsewhere = new Map<string, EventOf<'done'>>()
  for (const event of events) {
    const missing = isMissing(event)
    if (!missing) here.push(event)
    if (missing && event.kind === 'done') elsewhere.set(event.task, event)
    // It was opened again, or another clone has started it anew.
    else if (event.kind === 'reopened' || event.kind === 'start') elsewhere.delete(event.task)
  }
  return { events: here, elsewhere }
}

const ABOUT_CODE: ReadonlySet<string> = new Set([
  'start',
  'red',
  'green',
  'mutation',
  'before',
  'suite',
  'done',
  'refused',
])

/** A lease on a task, or the note that another clone finished it. */
export interface TaskLease extends LeaseEntry {
  finishedElsewhere?: true
}

/** A task that another clone finished counts as held: nobody here starts it, and what depends on it waits for its code. */
export function leasesElsewhere(elsewhere: WorkHere['elsewhere']): [task: string, TaskLease][] {
  return [...elsewhere].map(([task, { at, by }]) => [
    task,
    {
      holder: { id: by, name: 'finished in another clone', host: '', pid: 0, startTime: '' },
      since: at,
      until: NEVER,
      token: 0,
      files: [],
      finishedElsewhere: true,
    },
  ])
}

const NEVER = '9999-12-31T23:59:59.999Z'
