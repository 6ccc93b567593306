import { tasksWithPending } from '../../evidence/pending-tests.ts'
import { hasRecorded } from '../../store/ledger.ts'
import { hasSnapshots } from '../../store/snapshot-references.ts'
import type { Context } from '../context/context.ts'
import { changesSinceAgreed, startedAs } from '../context/plan-changes.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { unprovenTicks } from '../context/unproven-ticks.ts'
import { changedSinceApproval, structureHash } from '../guards/readiness.ts'
import { finding, type Finding } from './finding.ts'
import { unrecordedNotes, unrecordedTicks } from './unrecorded-ticks.ts'

/** Tasks that are marked as done without evidence, and what a reader should know about them. */
export async function unprovenMarks(
  context: Context,
): Promise<{ findings: Finding[]; notes: string[] }> {
  if (await hasStarted(context)) {
    const ids = unprovenTicks(context)
    const findings = ids.map(id => finding(context, id, 'is ticked by hand, not proven'))
    return { findings, notes: [] }
  }
  const ticks = await unrecordedTicks(context)
  return {
    findings: ticks.later.map(id =>
      finding(context, id, 'is ticked, and nothing was recorded on this plan'),
    ),
    notes: await unrecordedNotes(context, ticks),
  }
}

/** Whether work with this server has started. If the ledger was deleted, traces remain in this clone and in git's snapshots. */
async function hasStarted({ ledger, state, key, workspace }: Context): Promise<boolean> {
  if (ledger.events.length > 0 || ledger.damage.length > 0 || hasRecorded(state, key)) return true
  return hasSnapshots(workspace, key)
}

/** Findings about a plan that changed after a human approved it, or that is marked complete without a validation. */
export function unprovenPlan(context: Context): Finding[] {
  const { dialect, reader, plan, ledger } = context
  const location = plan.tasks[0]?.location ?? { path: plan.feature.dir, line: 1 }
  const changed = changedSinceApproval(context)
  const completion =
    ledger.events.length > 0 ? dialect.completionLocation?.(reader, plan) : undefined
  const validated = ledger.events.some(event => event.kind === 'validation' && event.passed)
  return [
    ...(changed === undefined ? [] : [{ ...location, text: changed }]),
    ...changesSinceAgreed(context).map(({ task, text }) => ({
      ...(context.tasks.get(task ?? '')?.location ?? location),
      text: `${text}, and no human has confirmed that with redgreen approve.`,
    })),
    ...(completion && !validated
      ? [
          {
            ...completion,
            text: `${plan.feature.id} says that it is complete, but no validation has passed.`,
          },
        ]
      : []),
  ]
}

/** Done tasks whose kind or title was changed after they were proven. */
export function rewrittenTasks(context: Context): Finding[] {
  const structure = structureHash(context.plan)
  const isApproved = context.ledger.events.some(
    event => event.kind === 'approved' && event.structure === structure,
  )
  if (isApproved) return []
  return [...context.histories].flatMap(([id, { start, done }]) => {
    const task = context.tasks.get(id)
    if (!done || !task) return []
    if (task.kind !== done.provenAs) {
      return [
        finding(
          context,
          id,
          `was recorded as done and proven as ${done.provenAs}, but the plan now requires ${task.kind}`,
        ),
      ]
    }
    if (!start || startedAs(context, task, start) === undefined) return []
    return [
      finding(
        context,
        id,
        `was recorded as done, but its title was ${JSON.stringify(start.title)} when it was proven (a human accepts the current plan with redgreen approve)`,
      ),
    ]
  })
}

/** Tasks with pending tests that no task is left to turn green. */
export function unmetPendingTests(context: Context): Finding[] {
  const { statusOf } = scheduleState(context)
  const isOpen = context.plan.tasks.some(({ id }) => !(statusOf(id).settled || statusOf(id).other))
  if (isOpen) return []
  return [...tasksWithPending(context.pendingTests)].map(task =>
    finding(context, task, 'was recorded as done, but some of its tests never turned green'),
  )
}
