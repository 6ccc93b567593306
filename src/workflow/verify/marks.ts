import { debtors } from '../../evidence/pending-tests.ts'
import { hasRecorded } from '../../store/ledger.ts'
import { hasSnapshots } from '../../store/snapshot-references.ts'
import type { Desk } from '../context/context.ts'
import { changedSinceApproval, structureHash } from '../guards/readiness.ts'
import { situationOf } from '../context/schedule-state.ts'
import type { TaskStanding } from '../context/task-state.ts'
import { finding, type Finding } from './finding.ts'

/** Marks that say more than was seen. */
export async function unprovenMarks(
  desk: Desk,
  standings: ReadonlyMap<string, TaskStanding>,
): Promise<Finding[]> {
  // A project that has not begun with this server has nothing to prove yet.
  if (!(await hasBegun(desk))) return []
  return desk.plan.tasks.flatMap(({ id, location }) => {
    const standing = standings.get(id)
    if (!standing?.claimed || standing.waived) return []
    return [
      { ...location, text: `${id} is ticked, but was never seen to be done (claimed, unproven).` },
    ]
  })
}

/** A ledger that was taken away leaves a trace: in this clone, and in what git keeps of its runs. */
async function hasBegun({ ledger, state, plan, workspace }: Desk): Promise<boolean> {
  const { id } = plan.feature
  if (ledger.events.length > 0 || ledger.damage.length > 0 || hasRecorded(state, id)) return true
  return hasSnapshots(workspace, id)
}

/** The plan as a whole says more than was seen, or something else than a person has approved. */
export function unprovenPlan(desk: Desk): Finding[] {
  const { dialect, shelf, plan, ledger } = desk
  const place = plan.tasks[0]?.location ?? { path: plan.feature.dir, line: 1 }
  const other = changedSinceApproval(desk)
  const over = ledger.events.length > 0 ? dialect.saysFinished?.(shelf, plan) : undefined
  const validated = ledger.events.some(event => event.kind === 'validation' && event.passed)
  return [
    ...(other === undefined ? [] : [{ ...place, text: other }]),
    ...(over && !validated
      ? [{ ...over, text: `${plan.feature.id} says that it is complete, and was never validated.` }]
      : []),
  ]
}

/** Tasks that say something else by now than what was proven. */
export function rewrittenTasks(desk: Desk): Finding[] {
  const structure = structureHash(desk.plan)
  const agreed = desk.ledger.events.some(
    event => event.kind === 'approved' && event.structure === structure,
  )
  // A person has read the plan as it is now, and agrees to it.
  if (agreed) return []
  return [...desk.histories].flatMap(([id, { start, done }]) => {
    const task = desk.tasks.get(id)
    if (!done || !task) return []
    if (task.kind !== done.provenAs) {
      return [
        finding(
          desk,
          id,
          `was recorded as done, but it was proven as ${done.provenAs}, and by the plan it has to be ${task.kind}`,
        ),
      ]
    }
    if (!start || start.title === task.title) return []
    return [
      finding(
        desk,
        id,
        `was recorded as done, but it was called ${JSON.stringify(start.title)} when it was proven (a person agrees to the plan of now with redgreen approve)`,
      ),
    ]
  })
}

/** Owed tests are found once nothing is left that could still turn them green. */
export function unpaidDebts(desk: Desk): Finding[] {
  const { standing } = situationOf(desk)
  const open = desk.plan.tasks.some(({ id }) => !(standing(id).settled || standing(id).other))
  if (open) return []
  return [...debtors(desk.owed)].map(task =>
    finding(desk, task, 'was recorded as done, but it owes tests that never turned green'),
  )
}
