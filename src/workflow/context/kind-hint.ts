import { SET_BY_HUMAN } from '../../plan/assigned-kinds.ts'
import type { Task } from '../../plan/plan.ts'
import { isDoubtful } from '../../plan/kinds.ts'

/** How a human corrects a kind that was derived from the plan; the empty string if the settings assign it. */
export function kindHint({ id, kind, kindReason }: Task): string {
  if (kindReason === SET_BY_HUMAN) return ''
  return `If \`${kind}\` is the wrong kind for ${id}, a human sets another one under \`kinds\` in redgreen.config.json.`
}

/** The same as a note before the work starts, only if the title has a word that may also mean another kind. */
export function doubtfulKindNote(task: Task): string[] {
  return isDoubtful(task) ? [kindHint(task)] : []
}
