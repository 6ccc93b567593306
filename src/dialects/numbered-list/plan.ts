import { dependencyProblems } from '../../plan/dependencies.ts'
import type { Phase, Problem, Task } from '../../plan/plan.ts'
import { asGroup } from '../groups-around.ts'
import type { Row } from '../markdown.ts'
import { classified } from '../task-list/classified.ts'
import { entryMarkers } from '../task-list/marking.ts'
import { parseTasks, type TaskStyle } from '../task-list/parse-tasks.ts'
import { withDependencies } from './dependencies.ts'
import { numberedEntries, type NumberedEntries } from './entries.ts'
import { fieldsOf, type Field } from './fields.ts'
import { partsOf } from './groups.ts'
import { headingProblems, hiddenTaskProblems } from './hidden-tasks.ts'
import { subBoxes } from './sub-boxes.ts'

/** How the files of one dialect differ from those of the others. */
export interface NumberedStyle extends TaskStyle {
  /** Is a task with sub-tasks only their heading? `fields`: those of the task. `parts`: its sub-tasks. */
  isGroup: (task: Task, fields: readonly Field[], parts: readonly Task[]) => boolean
  /** Does the workflow count boxes without a number inside a task? Then they are ticked with it. */
  ticksSubBoxes?: boolean
}

/** A file with tasks such as `- [ ] 1.2 Title`. */
export interface NumberedPlan {
  tasks: Task[]
  phases: Phase[]
  problems: Problem[]
  /** By task id: lines such as `_Requirements: 1.1_` below the task. */
  fields: Map<string, Field[]>
}

/** Reads the tasks of a file; without any task, the lists are empty. */
export function numberedPlan(
  rows: readonly Row[],
  path: string,
  style: NumberedStyle,
): NumberedPlan {
  const found = numberedEntries(rows)
  const { entries } = found
  const { parsed, problems } = parseTasks(rows, entries, path, {
    ...style,
    copies: [...found.copies.values()],
  })
  const { tasks, phases } = classified(parsed)
  const fields = new Map(
    entries.map((entry, at) => [
      tasks[at]?.id ?? '',
      fieldsOf(rows, entry, entries[at + 1]?.index ?? rows.length),
    ]),
  )
  const marked = withMarks(rows, tasks, found, path, style)
  const grouped = withGroups(marked, found, fields, style)
  const complete = withDependencies(grouped, fields)
  return {
    tasks: complete,
    phases,
    fields,
    problems: [
      ...problems,
      ...blockedProblems(complete, fields),
      ...hiddenTaskProblems(rows, found, path),
      ...headingProblems(rows, found, path),
      ...dependencyProblems(complete),
    ],
  }
}

/** The tasks with all their marks: of headings that repeat them, and of the boxes inside them, if the workflow counts these. */
function withMarks(
  rows: readonly Row[],
  tasks: readonly Task[],
  { copies, entries }: NumberedEntries,
  path: string,
  { signs, ticksSubBoxes = false }: NumberedStyle,
): Task[] {
  const taken = new Set(entries.map(({ index }) => index))
  return tasks.map((task, at) => {
    const entry = entries[at]
    const copy = copies.get(task.id)
    const more = [
      ...(copy === undefined ? [] : (entryMarkers([copy], path, signs)[0] ?? [])),
      ...(entry && ticksSubBoxes ? subBoxes(rows, entry, path, taken, signs) : []),
    ]
    return { ...task, markers: [...task.markers, ...more] }
  })
}

function withGroups(
  tasks: readonly Task[],
  { entries, optional }: NumberedEntries,
  fields: ReadonlyMap<string, readonly Field[]>,
  { isGroup }: NumberedStyle,
): Task[] {
  const parts = partsOf(entries)
  const groups: (Task | undefined)[] = tasks.map(() => undefined)
  // Parts come after their group, so the innermost groups come first.
  for (let at = tasks.length - 1; at >= 0; at -= 1) {
    const task = tasks[at]
    if (task === undefined) continue
    const own = (parts[at] ?? []).flatMap(part => groups[part] ?? [])
    const isNeeded = own.some(part => part.optional !== true)
    const one = { ...task, ...(optional[at] === true && { optional: true }) }
    groups[at] =
      isNeeded && isGroup(one, fields.get(one.id) ?? [], own)
        ? asGroup(
            one,
            own.map(({ id }) => id),
          )
        : one
  }
  return groups.flatMap(task => task ?? [])
}

/** A task that is marked as blocked waits for a human, who removes the mark. */
function blockedProblems(
  tasks: readonly Task[],
  fields: ReadonlyMap<string, readonly Field[]>,
): Problem[] {
  return tasks.flatMap(({ id, location, markers }) => {
    const field = fields.get(id)?.find(({ name }) => name === 'blocked')
    if (field === undefined || markers[0]?.state === 'done') return []
    const text = `${id} is blocked: ${field.value || 'no reason is given'}. Remove this line when the cause is gone.`
    return [{ path: location.path, line: field.line, text, blocks: [id] }]
  })
}
