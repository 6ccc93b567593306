import { channelHint } from '../approval/remote-channels.ts'
import type { Context } from '../context/context.ts'
import { startedAs } from '../context/plan-changes.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import type { StartedTask } from './require-stage.ts'
import type { Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'

/** Refuses to mark a task that was split, renamed or rewritten since its start: its proof is for the earlier text. */
export function refuseRewrittenTask(context: Context, { task, start }: StartedTask): void {
  const earlier = startedAs(context, task, start)
  if (earlier === undefined) return
  const { frontend } = context.call
  throw new HumanNeeded(
    { step: 'approve' },
    'plan_changed',
    `${task.id} was started as ${JSON.stringify(earlier)}, and the plan now says ${JSON.stringify(task.title)}. Its proof is for the earlier text, so it was not marked.`,
    `Restore the text. If the new text is right, ask a human to confirm it with \`redgreen approve\` in a terminal, or start the task again: ${frontend.describeStep('next_task', { task: task.id })}, and then ${frontend.describeStep('record_red', { task: task.id, late: true })}, because its code exists.`,
    channelHint(context),
  )
}

/** Refuses if somebody rewrote the task while it was checked: the proof, or the human's answer, is for the earlier text. */
export function refuseRewrittenMeanwhile(context: Context, checked: Task, current: Task): void {
  if (wordsOf(checked) === wordsOf(current)) return
  const { id, location } = current
  throw new Refusal(
    'conflict',
    `${location.path}, line ${location.line}: ${id} was rewritten while it was checked, so it was not marked.`,
    `Read the task again. Then ${context.call.frontend.describeStep('mark_complete', { task: id })} again.`,
  )
}
