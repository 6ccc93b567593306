import type { Channel, RunRecord, Reverified } from '../../evidence/event-parts.ts'
import { changesOf } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import { forgetTrees } from '../../store/tree.ts'
import { retainedTrees } from '../testing/retained-trees.ts'
import { dropLease } from '../../store/leases/leases.ts'
import { settleCommit } from '../../store/transaction/commit.ts'
import { markResponse, type MarkResponse } from './response.ts'
import {
  timestamp,
  recordMarking,
  reloadLedger,
  withLeases,
  type Context,
} from '../context/context.ts'
import { type SuiteResult } from './suite.ts'
import { writeDoneMarks } from '../context/write-marks.ts'

interface Proven {
  suite?: SuiteResult
  lint?: RunRecord
  /** Changed tests of earlier tasks that were looked at. */
  reverified?: Reverified[]
  tree: string
  refactor?: string | undefined
  proof: string[]
  /** The person whose word it is, and how they were asked. */
  confirmedBy?: string
  channel?: Channel
}

/** Records that a task is done and marks it in the user's file. Call it inside `withTransaction` only. */
export function finishTask(context: Context, task: Task, proven: Proven): MarkResponse {
  const { reverified = [] } = proven
  const { state, plan } = context
  const edits = context.dialect.finish(context.reader, plan, task, timestamp())
  const [done] = recordMarking(context, task.id, {
    kind: 'done',
    task: task.id,
    provenAs: task.kind,
    settings: context.settings.hash,
    tree: proven.tree,
    suite: proven.suite?.ran ?? 'none',
    marks: changesOf(edits),
    proof: proven.proof,
    ...(proven.refactor !== undefined && { refactor: proven.refactor }),
    ...(proven.confirmedBy !== undefined && { confirmedBy: proven.confirmedBy }),
    ...(proven.channel && { channel: proven.channel }),
    ...(proven.lint && { lint: proven.lint }),
    ...(reverified.length > 0 && { reverified }),
  })
  if (done?.kind !== 'done') throw new Error('A finished task was recorded as something else.')
  const { commit } = context.ledger
  const { context: marked, inPlan } = writeDoneMarks(reloadLedger(context), task, commit)
  if (inPlan) settleCommit(state, plan.feature.id, commit)
  const leases = dropLease(state, plan.feature.id, task.id, context.call.holder)
  forgetTrees(state, () => retainedTrees(state))
  return markResponse(withLeases(marked, leases), task, done, proven.suite)
}
