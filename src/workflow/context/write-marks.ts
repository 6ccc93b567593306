import type { Edit } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import { Conflict } from '../../store/replace-file.ts'
import { writeMarks } from '../../store/marks.ts'
import { isSettled } from '../../store/transaction/commit.ts'
import type { Context } from './context.ts'
import { isFinished, phaseOf, questionFor } from './phases.ts'
import { workOf } from './finished-work.ts'

/** Reads a desk anew. */
type Refresh = (context: Context) => Promise<Context>

/**
 * Writes what a recorded `done` means into the user's files: the marks of the task, the workflow's diary, and the state
 * of a phase that is finished by it. What stands there already is not written again, so that a crash in between is
 * mended by doing it once more. `false` when the plan does not have the task: it may be in the middle of being saved. A person may save a file at any moment: then it goes into what they saved.
 */
export async function writeDoneMarks(
  context: Context,
  task: Task,
  commit: number,
  refresh: Refresh,
): Promise<boolean> {
  let isThere = false
  const at = context.histories.get(task.id)?.done?.at ?? ''
  // Somebody may have done all this while we were held up, and a person may have taken the mark away since.
  const isOver = () => isSettled(context.state, context.plan.feature.id, commit)
  await applyEdits(context, refresh, now => {
    isThere = true
    if (isOver()) return []
    const same = now.plan.tasks.find(({ id }) => id === task.id)
    isThere = same !== undefined
    return same ? now.dialect.finish(now.reader, now.plan, same, at) : []
  })
  await applyEdits(await refresh(context), refresh, now => {
    if (isOver()) return []
    const work = workOf(now, task)
    return now.dialect.report?.(now.reader, now.plan, task, work, at) ?? []
  })
  await applyEdits(await refresh(context), refresh, now => {
    const phase = phaseOf(now.plan, task)
    if (!phase || !isFinished(now, phase) || questionFor(now, phase) !== undefined) return []
    return now.dialect.finishPhase?.(now.reader, now.plan, phase, at) ?? []
  })
  return isThere
}

/** Writes edits that are computed from what the files say at this moment, again when somebody saved in between. */
export async function applyEdits(
  context: Context,
  refresh: Refresh,
  edits: (context: Context) => Edit[],
  tries = 5,
): Promise<void> {
  try {
    writeMarks(context.workspace, edits(context))
  } catch (error) {
    if (!(error instanceof Conflict) || tries === 0) throw error
    await applyEdits(await refresh(context), refresh, edits, tries - 1)
  }
}
