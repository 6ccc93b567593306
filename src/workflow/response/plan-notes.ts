import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { changesSinceAgreed } from '../context/plan-changes.ts'
import { lacksFlows } from '../context/needs-application.ts'
import { otherRepositories, otherRepositoryText } from '../context/other-repositories.ts'
import { taskStates } from '../context/task-state.ts'
import { unprovenRemedy, unprovenTicks } from '../context/unproven-ticks.ts'

/**
 * Warnings about a plan that asks for less than at its start or its last approval, and about proofs that no longer count.
 *
 * @param task the task that the answer starts
 */
export function planNotes(context: Context, task?: Task): string[] {
  const notes = changesSinceAgreed(context).map(({ text }) => text)
  return [
    ...folderNote(context),
    ...(context.doubt === undefined ? [] : [`! ${context.doubt}`]),
    ...(notes.length > 0
      ? [
          `! The plan changed since work on it started: ${formatList(notes, MAX_LISTED, '; ')}. run_validation refuses until a human confirms this with \`redgreen approve\`.`,
        ]
      : []),
    ...tasksElsewhere(context),
    ...unreadLines(context),
    ...ticksNote(context, task),
    ...flowsNote(context),
  ]
}

/** Before the first task and after the last: warns about what run_validation will refuse, while the plan can still be completed. */
function flowsNote(context: Context): string[] {
  if (!lacksFlows(context)) return []
  const isAtEnd = context.plan.tasks.every(({ id }) => context.histories.get(id)?.done)
  if (context.ledger.events.length > 0 && !isAtEnd) return []
  return [
    '! The workflow requires at least one user flow, and none is defined. run_validation refuses until a human defines one in the plan (user_flows) or in redgreen.config.json (validation.flows), with steps such as `POST /things {"name": "x"} → 201`.',
  ]
}

/** Names the workspace if it is not simply the folder that was named. */
function folderNote({ call: { root, rootReason } }: Context): string[] {
  return rootReason === undefined ? [] : [`! The workspace is ${root}: ${rootReason}.`]
}

/** Names the tasks whose code is in another repository, because they cannot be proven here. */
function tasksElsewhere(context: Context): string[] {
  const repositories = otherRepositories(context)
  if (!repositories.areNamed(context.plan)) return []
  const states = taskStates(context)
  const byFolder = new Map<string, string[]>()
  for (const task of context.plan.tasks) {
    const isOpen = states.get(task.id)?.stage !== 'done'
    const folder = isOpen ? repositories.of(task) : undefined
    if (folder !== undefined) byFolder.set(folder, [...(byFolder.get(folder) ?? []), task.id])
  }
  return [...byFolder].map(
    ([folder, ids]) =>
      `! ${formatList(ids, MAX_LISTED)}: ${otherRepositoryText(context.workspace.root, folder)}`,
  )
}

/** Names the lines of the plan that may be meant as tasks but are not read as ones. */
function unreadLines({ plan: { problems } }: Context): string[] {
  const unread = problems.filter(({ isUnread }) => isUnread)
  const notes = unread
    .slice(0, MAX_UNREAD)
    .map(({ path, line, text }) => `! ${path}, line ${line}: ${text}`)
  const more = unread.length - notes.length
  return more > 0
    ? [
        ...notes,
        `! ${countOf(more, 'more line')} ${more === 1 ? 'is' : 'are'} unclear. \`redgreen status\` lists them all.`,
      ]
    : notes
}

/** Names the other ticked tasks without a proof, and how they get one: what depends on them waits, and so does the validation. */
function ticksNote(context: Context, task: Task | undefined): string[] {
  const ids = unprovenTicks(context).filter(id => id !== task?.id)
  const [first] = ids
  if (first === undefined) return []
  const states = taskStates(context)
  const rewritten = ids.filter(id => states.get(id)?.changed !== undefined)
  return [
    [
      `! Ticked but not proven: ${formatList(ids, MAX_LISTED)}.`,
      ...(rewritten.length > 0
        ? [`The text of ${formatList(rewritten, MAX_LISTED)} changed after the proof.`]
        : []),
      `Tasks that depend on them wait, and so does run_validation. ${unprovenRemedy(context, first)}`,
    ].join(' '),
  ]
}

/** Keeps the answer short. */
const MAX_LISTED = 5
const MAX_UNREAD = 3
