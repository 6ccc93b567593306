import type { EventOf } from '../../evidence/event.ts'
import type { Channel, Reverified } from '../../evidence/event-parts.ts'
import type { CheckConfiguration } from '../../evidence/check-configuration.ts'
import { changesOf } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { commitWith, settleCommit } from '../../store/transaction/commit.ts'
import { pruneTrees } from '../../store/saved-trees.ts'
import { timestamp, type Context } from '../context/context.ts'
import { reloadLedger, withLeases } from '../context/reload-context.ts'
import { recordMarking } from '../context/record.ts'
import { leaveTask } from '../context/leases.ts'
import { writeDoneMarks } from '../context/write-marks.ts'
import { checkConfigurationField } from '../testing/check-configuration.ts'
import { retainedTrees } from '../testing/retained-trees.ts'
import { markResponse, type MarkResponse } from './response.ts'
import type { PassedCheck } from './lint-and-types.ts'
import { type SuiteResult } from './suite.ts'

/** What proves that a task is done. */
interface Proof {
  suite?: SuiteResult
  /** The linter and the type checker, if they ran. */
  accepted?: Partial<Record<CheckKind, PassedCheck>>
  /** Changed tests of earlier tasks that were checked. */
  reverified?: Reverified[]
  /** The check configuration with which it was accepted. */
  judges?: CheckConfiguration
  /** Hash of the tree; empty if a human decided. */
  tree: string
  refactor?: string | undefined
  /** Hashes of the events that prove it. */
  proof: string[]
  /** The human who confirmed it, and how they were asked. */
  confirmedBy?: string
  channel?: Channel
}

/** Records that a task is done and marks it in the user's file. Call it inside `withTransaction` only. */
export async function finishTask(
  context: Context,
  task: Task,
  proof: Proof,
): Promise<MarkResponse> {
  const { reverified = [] } = proof
  const stopped = proof.suite?.stopped ?? []
  const { state, plan, key } = context
  const edits = context.dialect.finish(context.reader, plan, task, timestamp())
  // The lease must not end before the task is done, so only a store that decides both together may release it first.
  const left = context.coordinator.decidesTogether ? await leaveTask(context, task) : undefined
  const [done] = await recordMarking(context, task.id, {
    kind: 'done',
    task: task.id,
    provenAs: task.kind,
    settings: context.settings.hash,
    tree: proof.tree,
    suite: proof.suite?.ran ?? 'none',
    marks: changesOf(edits),
    proof: proof.proof,
    ...(proof.refactor !== undefined && { refactor: proof.refactor }),
    ...(proof.confirmedBy !== undefined && { confirmedBy: proof.confirmedBy }),
    ...(proof.channel && { channel: proof.channel }),
    ...runsOf(proof.accepted ?? {}),
    ...(reverified.length > 0 && { reverified }),
    ...(stopped.length > 0 && { stopped }),
    ...(proof.judges && checkConfigurationField(context, proof.judges)),
  })
  if (done?.kind !== 'done') throw new Error('A done task was recorded as another kind of event.')
  const commit = commitWith(state, key, done.hash)
  // The lines of the event are durable. Loading the context with `finishes` would write and sync them again.
  const recorded = reloadLedger({ ...context, finishes: false })
  const { context: marked, inPlan } = writeDoneMarks(recorded, task, commit)
  if (inPlan) settleCommit(state, key, commit)
  const leases = left ?? (await leaveTask(context, task))
  pruneTrees(state, () => retainedTrees(state))
  return markResponse(withLeases(marked, leases), task, done, proof.suite)
}

function runsOf({ lint, types }: NonNullable<Proof['accepted']>): Partial<EventOf<'done'>> {
  const findings = Object.entries({ lint, types }).flatMap(([judge, passed]) => {
    const [first] = passed?.before ?? []
    return first === undefined ? [] : [{ judge, count: passed?.before.length ?? 0, first }]
  })
  return {
    ...(lint && { lint: lint.run }),
    ...(types && { types: types.run }),
    ...(findings.length > 0 && { findings }),
  }
}
