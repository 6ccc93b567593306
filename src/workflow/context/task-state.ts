import type { History } from '../../evidence/history.ts'
import { debtors } from '../../evidence/pending-tests.ts'
import type { Stage } from '../../evidence/stage.ts'
import type { MarkState, Task } from '../../plan/plan.ts'
import { progressOf, type Progress } from '../../plan/progress.ts'
import type { Claim } from '../../store/leases/lease-table.ts'
import type { Desk } from './context.ts'

/** What is known of a task: what was witnessed, and what the file claims. */
export interface TaskStanding {
  stage: Stage
  /** Ticked in the file, and never seen to be done. */
  claimed: boolean
  waived: boolean
  owed: boolean
  failed: boolean
  /** Somebody who is still there has started it. */
  claim?: Claim
  history: History
}

export type Standings = ReadonlyMap<string, TaskStanding>

type Facts = Pick<Desk, 'plan' | 'histories' | 'owed' | 'claims'>

/** The standing of every task of the plan, by id. */
export function standingsOf(desk: Facts): Map<string, TaskStanding> {
  const owing = debtors(desk.owed)
  return new Map(
    desk.plan.tasks.map(task => {
      const history = desk.histories.get(task.id) ?? { stage: 'todo' }
      const claim = desk.claims.get(task.id)
      return [
        task.id,
        { ...witnessed(task, history), owed: owing.has(task.id), ...(claim && { claim }) },
      ]
    }),
  )
}

/** How far the feature has come. */
export function progressAt(desk: Facts, standings: Standings = standingsOf(desk)): Progress {
  return progressOf(desk.plan, id => {
    const { stage, claimed, waived, owed } = standings.get(id) ?? NOTHING_KNOWN
    return { done: stage === 'done', claimed, waived, owed }
  })
}

const NOTHING_KNOWN: TaskStanding = {
  stage: 'todo',
  claimed: false,
  waived: false,
  owed: false,
  failed: false,
  history: { stage: 'todo' },
}

function witnessed(task: Task, history: History): Omit<TaskStanding, 'owed' | 'claim'> {
  const mark = markOf(task)
  // A mark that a person took away means "again"; the history stays in the ledger.
  const again = history.stage === 'done' && task.carriers.length > 0 && mark === 'open'
  const stage = again ? 'todo' : history.stage
  return {
    stage,
    claimed: mark === 'done' && stage !== 'done',
    waived: history.waived !== undefined,
    failed: history.failed !== undefined,
    history: again ? { stage: 'todo' } : history,
  }
}

function markOf(task: Task): MarkState {
  return task.carriers[0]?.state ?? 'open'
}
