import type { Edit } from '../../plan/edit.ts'
import type { Task } from '../../plan/plan.ts'
import { Conflict } from '../../store/replace-file.ts'
import { writeMarks } from '../../store/marks.ts'
import { isSettled } from '../../store/transaction/commit.ts'
import type { Desk } from './context.ts'
import { isFinished, phaseOf, questionFor } from './phases.ts'
import { workOf } from './finished-work.ts'

/** Reads a desk anew. */
type Reread = (desk: Desk) => Promise<Desk>

/**
 * Writes what a recorded `done` means into the user's files: the marks of the task, the workflow's diary, and the state
 * of a phase that is finished by it. What stands there already is not written again, so that a crash in between is
 * mended by doing it once more. `false` when the plan does not have the task: it may be in the middle of being saved. A person may save a file at any moment: then it goes into what they saved.
 */
export async function projectDone(
  desk: Desk,
  task: Task,
  commit: number,
  reread: Reread,
): Promise<boolean> {
  let isThere = false
  const at = desk.histories.get(task.id)?.done?.at ?? ''
  // Somebody may have done all this while we were held up, and a person may have taken the mark away since.
  const isOver = () => isSettled(desk.state, desk.plan.feature.id, commit)
  await writing(desk, reread, now => {
    isThere = true
    if (isOver()) return []
    const same = now.plan.tasks.find(({ id }) => id === task.id)
    isThere = same !== undefined
    return same ? now.dialect.finish(now.shelf, now.plan, same, at) : []
  })
  await writing(await reread(desk), reread, now => {
    if (isOver()) return []
    const work = workOf(now, task)
    return now.dialect.report?.(now.shelf, now.plan, task, work, at) ?? []
  })
  await writing(await reread(desk), reread, now => {
    const phase = phaseOf(now.plan, task)
    if (!phase || !isFinished(now, phase) || questionFor(now, phase) !== undefined) return []
    return now.dialect.finishPhase?.(now.shelf, now.plan, phase, at) ?? []
  })
  return isThere
}

/** Writes edits that are computed from what the files say at this moment, again when somebody saved in between. */
export async function writing(
  desk: Desk,
  reread: Reread,
  edits: (desk: Desk) => Edit[],
  tries = 5,
): Promise<void> {
  try {
    writeMarks(desk.workspace, edits(desk))
  } catch (error) {
    if (!(error instanceof Conflict) || tries === 0) throw error
    await writing(await reread(desk), reread, edits, tries - 1)
  }
}
