import type { Situation } from '../../plan/order.ts'
import type { Plan } from '../../plan/plan.ts'
import { filesHeld } from '../../store/leases/leases.ts'
import { thisMoment } from '../../store/leases/expiry.ts'
import type { Desk } from './context.ts'
import { phasesToConfirm } from './phases.ts'
import { standingsOf, type Standings, type TaskStanding } from './task-state.ts'

/** What decides the order of work, from the standings. */
export function situationOf(desk: Desk, standings: Standings = standingsOf(desk)): Situation {
  const states = new Map(desk.plan.tasks.map(task => [task.id, task.carriers[0]?.state ?? 'open']))
  const halting = haltingTask(desk.plan, standings)
  return {
    standing: id => {
      const standing = standings.get(id)
      return {
        settled: standing?.stage === 'done' || (standing?.waived ?? false),
        claimed: standing?.claimed ?? false,
        active: isActive(standing),
        failed: standing?.failed ?? false,
        other: states.get(id) === 'other',
      }
    },
    held: filesHeld(desk.book, desk.plan.feature.id, desk.call.holder, thisMoment()),
    ...(halting && { halted: { task: halting } }),
    closedPhases: phasesToConfirm(desk, standings).map(({ name }) => name),
  }
}

/** In work: started, not finished, and its holder is there. */
function isActive(standing: TaskStanding | undefined): boolean {
  return standing?.claim !== undefined && standing.stage !== 'done'
}

/** A failed task stops the feature unless it is parallel; in set-up even then, because nothing works without it. */
function haltingTask(plan: Plan, standings: ReadonlyMap<string, TaskStanding>): string | undefined {
  return plan.tasks.find(task => {
    const failed = standings.get(task.id)?.history.failed
    return failed?.effect === 'halted'
  })?.id
}
