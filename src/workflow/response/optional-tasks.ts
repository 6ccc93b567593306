import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { taskStates } from '../context/task-state.ts'

/** The open tasks that the plan can do without: nothing waits for them, and they are started only if a caller names one. */
export function optionalNote(context: Context): string[] {
  const states = taskStates(context)
  const open = context.plan.tasks.filter(({ id, optional }) => {
    if (optional !== true) return false
    const { stage, waived, unverified, lease } = states.get(id) ?? {}
    return stage !== 'done' && waived !== true && unverified !== true && lease === undefined
  })
  const [first] = open
  if (first === undefined) return []
  const list = formatList(
    open.map(({ id }) => id),
    MAX_LISTED,
  )
  return [
    `Optional, and not required for the feature: ${list}. To do one of them, ${context.call.frontend.describeStep('next_task', { task: first.id })}.`,
  ]
}

/** Keeps the answer short. */
const MAX_LISTED = 5
