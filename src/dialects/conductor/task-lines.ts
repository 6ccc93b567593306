import type { Row } from '../markdown.ts'
import { listEntries, type ListEntry } from '../task-list/list-entries.ts'
import { isPhaseHeading } from '../task-list/phases.ts'

/** A line that is a task, and the boxes below it that are its parts. */
export interface TaskLine {
  entry: ListEntry
  subtasks: ListEntry[]
}

/** The tasks of a plan: headings with a box where it writes them so, and the outermost boxes everywhere else. */
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

/** The task that a heading opens, or goes on with when it stands below it. */
function headingTask(entry: ListEntry, current: TaskLine | undefined): TaskLine | undefined {
  const isInside = current !== undefined && entry.row.level > current.entry.row.level
  if (isInside) return current
  const { text, level, line } = { text: entry.rest, level: entry.row.level, line: entry.row.line }
  if (entry.box === undefined || isPhaseHeading({ text, level, line })) return undefined
  return { entry, subtasks: [] }
}

/** Boxes to accept by, such as a definition of done, are no work; a phase may be called anything. */
function isAcceptance({ above, basis }: ListEntry): boolean {
  if (basis === 'heading') return false
  return above.some(heading => ACCEPTANCE.test(heading.text) && !isPhaseHeading(heading))
}

const ACCEPTANCE =
  /\b(acceptance criteria|definition of done|success criteria|exit criteria|completion criteria|checklist|quality gates?|legend)\b/i
