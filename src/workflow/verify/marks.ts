import { debtors } from '../../evidence/owed.ts'
import { hasRecorded } from '../../store/ledger.ts'
import type { Desk } from '../desk.ts'
import { structureHash } from '../gates/readiness.ts'
import { situationOf } from '../situation.ts'
import type { TaskStanding } from '../standing.ts'
import { finding, type Finding } from './finding.ts'

/** Marks that say more than was seen. */
export function unprovenMarks(desk: Desk, standings: ReadonlyMap<string, TaskStanding>): Finding[] {
  // A project that has not begun with this server has nothing to prove yet.
  const { events, damage } = desk.ledger
  const untouched = events.length === 0 && damage.length === 0
  if (untouched && !hasRecorded(desk.state, desk.plan.feature.id)) return []
  return desk.plan.tasks.flatMap(({ id, location }) => {
    const standing = standings.get(id)
    if (!standing?.claimed || standing.waived) return []
    return [
      { ...location, text: `${id} is ticked, but was never seen to be done (claimed, unproven).` },
    ]
  })
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
