import type { Channel, RunRecord, SeenAgain } from '../../evidence/event-parts.ts'
import { changesOf } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import { forgetTrees } from '../../store/tree.ts'
import { neededTrees } from '../testing/retained-trees.ts'
import { dropClaim } from '../../store/leases/leases.ts'
import { settleCommit } from '../../store/transaction/commit.ts'
import { markedAnswer, type Marked } from './response.ts'
import { now, reread, recordMarking, type Desk } from '../context/context.ts'
import { type SuiteSeen } from './suite.ts'
import { projectDone } from '../context/write-marks.ts'

interface Proven {
  suite?: SuiteSeen
  lint?: RunRecord
  /** Changed tests of earlier tasks that were looked at. */
  seenAgain?: SeenAgain[]
  tree: string
  refactor?: string | undefined
  proof: string[]
  /** The person whose word it is, and how they were asked. */
  confirmedBy?: string
  channel?: Channel
}

/** Records that a task is done and marks it in the user's file. Call it inside `atDesk` only. */
export async function finishTask(desk: Desk, task: Task, proven: Proven): Promise<Marked> {
  const { seenAgain = [] } = proven
  const { state, plan } = desk
  const edits = desk.dialect.finish(desk.shelf, plan, task, now())
  const [done] = recordMarking(desk, task.id, {
    kind: 'done',
    task: task.id,
    provenAs: task.kind,
    settings: desk.settings.hash,
    tree: proven.tree,
    suite: proven.suite?.ran ?? 'none',
    marks: changesOf(edits),
    proof: proven.proof,
    ...(proven.refactor !== undefined && { refactor: proven.refactor }),
    ...(proven.confirmedBy !== undefined && { confirmedBy: proven.confirmedBy }),
    ...(proven.channel && { channel: proven.channel }),
    ...(proven.lint && { lint: proven.lint }),
    ...(seenAgain.length > 0 && { seenAgain }),
  })
  if (done?.kind !== 'done') throw new Error('A finished task was recorded as something else.')
  const { commit } = desk.ledger
  const isThere = await projectDone(await reread(desk), task, commit, reread)
  if (isThere) settleCommit(state, plan.feature.id, commit)
  dropClaim(state, plan.feature.id, task.id, desk.call.holder)
  forgetTrees(state, () => neededTrees(state))
  return markedAnswer(await reread(desk), task, done, proven.suite)
}
