import type { Row } from '../markdown.ts'
import { listEntries, type ListEntry } from '../task-list/list-entries.ts'
import { isPhaseHeading } from '../task-list/phases.ts'

/** The line of a task, and the boxes of its sub-tasks. */
export interface TaskLine {
  entry: ListEntry
  subtasks: ListEntry[]
}

/** The task lines of a plan: headings with a box, and the outermost boxes elsewhere. */
export function taskLinesOf(rows: readonly Row[]): TaskLine[] {
  const lines = listEntries(rows).filter(line => !isAcceptance(line))
  const tasks: TaskLine[] = []
  const open: { level: number; task: TaskLine | undefined }[] = []
  let heading: TaskLine | undefined
  for (const entry of lines) {
    if (entry.basis === 'heading') {
      heading = headingTask(entry, heading)
      open.length = 0
      if (heading?.entry === entry) tasks.push(heading)
      continue
    }
    while ((open.at(-1)?.level ?? -1) >= entry.row.level) open.pop()
    const owner = heading ?? open.find(({ task }) => task !== undefined)?.task
    const task =
      entry.box === undefined || owner !== undefined ? undefined : { entry, subtasks: [] }
    if (task !== undefined) tasks.push(task)
    else if (entry.box !== undefined) owner?.subtasks.push(entry)
    open.push({ level: entry.row.level, task })
  }
  return tasks
}

/** The task that a heading begins, or the current one if the heading is inside it. */
function headingTask(entry: ListEntry, current: TaskLine | undefined): TaskLine | undefined {
  const isInside = current !== undefined && entry.row.level > current.entry.row.level
  if (isInside) return current
  const { text, level, line } = { text: entry.rest, level: entry.row.level, line: entry.row.line }
  if (entry.box === undefined || isPhaseHeading({ text, level, line })) return undefined
  return { entry, subtasks: [] }
}

/** Boxes of acceptance criteria, such as a definition of done, are not tasks; but a phase may have such a name. */
function isAcceptance({ above, basis }: ListEntry): boolean {
  if (basis === 'heading') return false
  return above.some(heading => ACCEPTANCE.test(heading.text) && !isPhaseHeading(heading))
}

const ACCEPTANCE =
  /\b(acceptance criteria|definition of done|success criteria|exit criteria|completion criteria|checklist|quality gates?|legend)\b/i
