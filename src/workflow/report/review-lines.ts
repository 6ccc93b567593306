import { changesSinceAgreed } from '../context/plan-changes.ts'
import type { Context } from '../context/context.ts'
import { reviewNotes } from '../response/review-notes.ts'

/** What a human should look at before they accept the work: a line each. */
export function reviewLines(context: Context): string[] {
  return [...planLines(context), ...reviewNotes(context).map(asItem)]
}

/** What the plan asked for and no longer asks for, and tasks with evidence that are gone even if a human has agreed to that. */
function planLines(context: Context): string[] {
  const open = changesSinceAgreed(context)
  const named = new Set(open.map(({ task }) => task))
  const gone = [...context.histories.keys()].filter(id => !context.tasks.has(id) && !named.has(id))
  return [
    ...open.map(({ text }) => `- ⚠ ${text}, and no human has confirmed that`),
    ...gone.map(id => `- ${id} was worked on and is no longer in the plan, as a human decided`),
  ]
}

function asItem(text: string): string {
  return text.replace(/^! /, '- ⚠ ')
}
