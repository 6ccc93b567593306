import { tasksWithPending } from '../../evidence/pending-tests.ts'
import { hasRecorded } from '../../store/ledger.ts'
import { hasSnapshots } from '../../store/snapshot-references.ts'
import type { Context } from '../context/context.ts'
import { asksTheSame } from '../../plan/plan-record.ts'
import { changesSinceAgreed, isAgreedSince } from '../context/plan-changes.ts'
import { changedSinceApproval, structureHash } from '../guards/readiness.ts'
import { scheduleState } from '../context/schedule-state.ts'
import type { TaskState } from '../context/task-state.ts'
import { finding, type Finding } from './finding.ts'

/** Marks that say more than was seen. */
export async function unprovenMarks(
  context: Context,
  states: ReadonlyMap<string, TaskState>,
): Promise<Finding[]> {
  // A project that has not begun with this server has nothing to prove yet.
  if (!(await hasBegun(context))) return []
  return context.plan.tasks.flatMap(({ id, location }) => {
    const status = states.get(id)
    if (!status?.unverified || status.waived) return []
    return [
      { ...location, text: `${id} is ticked, but was never seen to be done (claimed, unproven).` },
    ]
  })
}

/** A ledger that was taken away leaves a trace: in this clone, and in what git keeps of its runs. */
async function hasBegun({ ledger, state, key, workspace }: Context): Promise<boolean> {
  if (ledger.events.length > 0 || ledger.damage.length > 0 || hasRecorded(state, key)) return true
  return hasSnapshots(workspace, key)
}

/** The plan as a whole says more than was seen, or something else than a person has approved. */
export function unprovenPlan(context: Context): Finding[] {
  const { dialect, reader, plan, ledger } = context
  const place = plan.tasks[0]?.location ?? { path: plan.feature.dir, line: 1 }
  const other = changedSinceApproval(context)
  const over = ledger.events.length > 0 ? dialect.completionLocation?.(reader, plan) : undefined
  const validated = ledger.events.some(event => event.kind === 'validation' && event.passed)
  return [
    ...(other === undefined ? [] : [{ ...place, text: other }]),
    ...changesSinceAgreed(context).map(({ task, text }) => ({
      ...(context.tasks.get(task ?? '')?.location ?? place),
      text: `${text}, and no human has confirmed that with redgreen approve.`,
    })),
    ...(over && !validated
      ? [{ ...over, text: `${plan.feature.id} says that it is complete, and was never validated.` }]
      : []),
  ]
}

/** Tasks that say something else by now than what was proven. */
export function rewrittenTasks(context: Context): Finding[] {
  const structure = structureHash(context.plan)
  const agreed = context.ledger.events.some(
    event => event.kind === 'approved' && event.structure === structure,
  )
  // A person has read the plan as it is now, and agrees to it.
  if (agreed) return []
  return [...context.histories].flatMap(([id, { start, done }]) => {
    const task = context.tasks.get(id)
    if (!done || !task) return []
    if (task.kind !== done.provenAs) {
      return [
        finding(
          context,
          id,
          `was recorded as done, but it was proven as ${done.provenAs}, and by the plan it has to be ${task.kind}`,
        ),
      ]
    }
    const files = start?.names ?? []
    if (!start || asksTheSame({ title: start.title, files }, task)) return []
    if (isAgreedSince(context, done, task)) return []
    return [
      finding(
        context,
        id,
        `was recorded as done, but it was called ${JSON.stringify(start.title)} when it was proven (a person agrees to the plan of now with redgreen approve)`,
      ),
    ]
  })
}

/** Owed tests are found once nothing is left that could still turn them green. */
export function unmetPendingTests(context: Context): Finding[] {
  const { statusOf: status } = scheduleState(context)
  const open = context.plan.tasks.some(({ id }) => !(status(id).settled || status(id).other))
  if (open) return []
  return [...tasksWithPending(context.pendingTests)].map(task =>
    finding(context, task, 'was recorded as done, but it owes tests that never turned green'),
  )
}
