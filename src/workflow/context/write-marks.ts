import type { Change, Edit } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import { Conflict } from '../../store/replace-file.ts'
import { writeMarks } from '../../store/marks.ts'
import { isSettled } from '../../store/transaction/commit.ts'
import type { Context } from './context.ts'
import { reloadFiles, reloadPlan } from './reload-context.ts'
import { isFinished, phaseOf, questionFor } from './phases.ts'
import { workOf } from './finished-work.ts'

/**
 * Writes into the user's files what a recorded `done` event means: the marks of the task, the workflow's progress log, and the
 * state of a phase that the task finishes. Edits that are already in the files are not made twice, so a call after a
 * crash completes them. `inPlan` is false if the plan does not have the task: an editor may be saving the file.
 */
export function writeDoneMarks(
  context: Context,
  task: Task,
  commit: number,
): { context: Context; inPlan: boolean } {
  let inPlan = false
  const at = context.histories.get(task.id)?.done?.at ?? ''
  // If this process was suspended, another one may have written the marks, and a human may have removed them since.
  const isSuperseded = () => isSettled(context.state, context.key, commit)
  const marked = applyEdits(context, current => {
    inPlan = true
    if (isSuperseded()) return []
    const same = current.tasks.get(task.id)
    inPlan = same !== undefined
    return same ? current.dialect.finish(current.reader, current.plan, same, at) : []
  })
  const reported = applyEdits(marked, current => {
    if (!current.dialect.report || isSuperseded()) return []
    const work = workOf(current, task)
    return current.dialect.report(current.reader, current.plan, task, work, at)
  })
  const finished = applyEdits(reported, current => {
    if (!current.dialect.finishPhase) return []
    const phase = phaseOf(current.plan, task)
    if (!phase || !isFinished(current, phase) || questionFor(current, phase) !== undefined)
      return []
    return current.dialect.finishPhase(current.reader, current.plan, phase, at)
  })
  return { context: finished, inPlan }
}

/** Marks a task open again. `done`: what finishing it wrote, if that can be reverted as it is. */
export function reopenMarks(context: Context, task: Task, done: readonly Change[] = []): void {
  const reopen = (current: Context, changes?: readonly Change[]) =>
    applyEdits(current, ({ dialect, reader, plan, tasks }) => {
      const same = tasks.get(task.id)
      return same ? dialect.reopen(reader, plan, same, changes) : []
    })
  const reverted = done.length > 0 ? reopen(context, done) : context
  // A task that was ticked by hand before it was proven has nothing to revert to.
  if (reverted.tasks.get(task.id)?.markers[0]?.state === 'done') reopen(reverted)
}

/**
 * Writes edits and returns the context with the plan that results. If somebody saved one of the files since the plan was
 * read, the edits are computed again from the new text.
 */
export function applyEdits(
  context: Context,
  editsFor: (context: Context) => Edit[],
  attempts = 6,
): Context {
  try {
    const edits = editsFor(context)
    if (edits.length === 0) return context
    writeMarks(context.workspace, edits, context.planTexts)
    return reloadPlan(context)
  } catch (error) {
    if (!(error instanceof Conflict) || attempts === 1) throw error
    return applyEdits(reloadFiles(context), editsFor, attempts - 1)
  }
}
