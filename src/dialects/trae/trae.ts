import { countOf } from '../../plan/format-list.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { featuresAt } from '../numbered-list/place.ts'
import { revertEdits } from '../revert-edits.ts'
import { listEntries } from '../task-list/list-entries.ts'
import { markDoneEdits, markOpenEdits } from '../task-list/marking.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { traeExample } from './example.ts'
import { readPlan } from './read.ts'

/** The dialect of Trae: `.trae/specs/name/tasks.md` with `- [ ] Task 1: …`, and `checklist.md` with what to verify at the end. */
export const trae: Dialect = {
  name: 'trae',
  title: 'Trae',
  folders: /\.trae\/specs/,
  planFiles: ['**/.trae/specs/**/tasks.md'],
  example: traeExample,
  ...featuresAt({
    noun: 'feature',
    place: '.trae/specs',
    remedy: 'Let Trae write the tasks of the spec first.',
  }),
  read: readPlan,
  finish: (_reader, plan, task) => markDoneEdits(plan, task, '[x]'),
  reopen: (reader, plan, task, done) =>
    (done && revertEdits(reader, plan, task, done)) ?? markOpenEdits(task),
  advice: (reader, plan, task) => ({ before: [], after: checksAtEnd(reader, plan, task) }),
}

/** The boxes of the checklist are not tasks: the assistant verifies them when the last task is done. */
function checksAtEnd(reader: WorkspaceReader, { feature, tasks }: Plan, { id }: Task): string[] {
  const isOpen = (one: Task) => one.id !== id && one.markers[0]?.state !== 'done'
  if (tasks.some(isOpen)) return []
  const path = `${feature.dir}/checklist.md`
  const boxes = listEntries(rowsOf(textOrEmpty(reader, path))).filter(
    ({ box }) => box !== undefined && box.state !== 'done',
  )
  if (boxes.length === 0) return []
  return [
    `Then verify the ${countOf(boxes.length, 'open box', 'open boxes')} of ${path}, and tick each that holds. If one does not, ask the user to add a task for it.`,
  ]
}
