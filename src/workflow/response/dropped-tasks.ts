import { isDropped } from '../../plan/dropped-task.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Plan } from '../../plan/plan.ts'

/** The tasks that nobody has to do, because the plan strikes them out or marks them as dropped or deferred. */
export function droppedNote({ plan }: { plan: Plan }): string[] {
  const ids = plan.tasks.filter(isDropped).map(({ id }) => id)
  return ids.length > 0
    ? [`The plan drops or defers ${countOf(ids.length, 'task')}: ${formatList(ids, 10)}.`]
    : []
}
