import type { Context } from '../context/context.ts'
import { changesSinceAgreed } from '../context/plan-changes.ts'
import { taskStates } from '../context/task-state.ts'

/** How many changes an answer lists: a model pays for every word. */
const MOST = 5

/** What the assistant has to know about a plan that asks for less than at its start, a sentence each. */
export function planNotes(context: Context): string[] {
  const notes = changesSinceAgreed(context).map(({ text }) => text)
  return [
    ...(notes.length > 0
      ? [
          `! The plan changed since work on it started: ${listed(notes)}. run_validation refuses until a human confirms this with \`redgreen approve\`.`,
        ]
      : []),
    ...rewritten(context),
  ]
}

/** Ticked tasks whose proof belongs to other words. */
function rewritten(context: Context): string[] {
  const ids = [...taskStates(context)].flatMap(([id, { changed, unverified }]) =>
    changed !== undefined && unverified ? [id] : [],
  )
  if (ids.length === 0) return []
  return [
    `! Ticked, unproven: ${listed(ids)}. What was proven under ${ids.length === 1 ? 'this id' : 'these ids'} was another task.`,
  ]
}

function listed(texts: readonly string[]): string {
  const more = texts.length > MOST ? ` and ${texts.length - MOST} more` : ''
  return texts.slice(0, MOST).join('; ') + more
}
