import type { Marker, MarkState, Plan, Task } from './plan.ts'
import { remembered } from './remembered.ts'

/** A file of a plan, as it was when the plan was read and as it is now. */
export interface ChangedFile {
  path: string
  before: string
  after: string
}

/** The state that a mark shows, from its text and the line around it; `undefined` if that has to be read from the whole file. */
export type MarkReading = (
  text: string,
  line: { before: string; after: string },
) => MarkState | undefined

/**
 * The plan with the marks of a changed file; `undefined` if anything but the marks of its tasks changed, so that the whole file has to be
 * parsed again. Tasks whose marks are the same are the same objects.
 */
export function withChangedMarks(
  plan: Plan,
  file: ChangedFile,
  stateOf: MarkReading,
): Plan | undefined {
  const changed = changedMarkers(plan, file)
  if (changed.length === 0 || !areTheOnlyChange(changed, file)) return undefined
  const now = new Map<Marker, Marker>()
  for (const marker of changed) {
    const { text, state } = markIn(file.after, marker, stateOf)
    const isRead = markIn(file.before, marker, stateOf).state === marker.state
    if (state === undefined || !isRead || isInProblem(plan, marker)) return undefined
    now.set(marker, { ...marker, text, state })
  }
  const marked = { ...plan, tasks: plan.tasks.map(task => withMarkers(task, now)) }
  FIRST.set(marked, firstOf(plan))
  const tasks = plan.tasks.flatMap((before, at) => {
    const task = marked.tasks[at]
    return task === undefined || task === before ? [] : [{ before, now: task }]
  })
  // Of several changes after one another, only the last is known, so that earlier plans can be forgotten.
  MARKED.delete(plan)
  MARKED.set(marked, { plan, tasks })
  return marked
}

/** What changed since an earlier plan, and nothing else did: the marks of these tasks. */
interface MarksSince {
  plan: Plan
  tasks: readonly { before: Task; now: Task }[]
}

/** The plan that this one was made of by a change of marks; `undefined` if it was parsed, or marks changed again since. */
export function marksSince(plan: Plan): MarksSince | undefined {
  return MARKED.get(plan)
}

const MARKED = new WeakMap<Plan, MarksSince>()

const FIRST = new WeakMap<Plan, Plan>()

/** The plan that was parsed, of all that differ from it only in the states and the texts of marks. */
function firstOf(plan: Plan): Plan {
  return FIRST.get(plan) ?? plan
}

/** The same function, for what follows from everything in a plan but its marks: it is derived once for all that differ only in these. */
export function rememberedWithoutMarks<Value>(
  derive: (plan: Plan) => Value,
): (plan: Plan) => Value {
  const fromFirst = remembered(derive)
  return plan => fromFirst(firstOf(plan))
}

function changedMarkers({ tasks }: Plan, { path, after }: ChangedFile): Marker[] {
  const changed: Marker[] = []
  // Every mark of a long plan is looked at.
  for (const { markers } of tasks)
    for (const one of markers) if (one.path === path && !isAt(after, one)) changed.push(one)
  return changed
}

function isAt(text: string, mark: Marker): boolean {
  return mark.text.length === mark.end - mark.start && text.startsWith(mark.text, mark.start)
}

/** Is the file the same as before if these marks are written into the earlier text? */
function areTheOnlyChange(markers: readonly Marker[], { before, after }: ChangedFile): boolean {
  const parts: string[] = []
  let end = 0
  for (const marker of markers.toSorted((a, b) => a.start - b.start)) {
    // A mark that two tasks share is written once.
    if (marker.start < end) continue
    parts.push(before.slice(end, marker.start), after.slice(marker.start, marker.end))
    end = marker.end
  }
  return `${parts.join('')}${before.slice(end)}` === after
}

function markIn(text: string, { start, end }: Marker, stateOf: MarkReading) {
  const mark = text.slice(start, end)
  const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
  const after = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? ''
  return { text: mark, state: stateOf(mark, { before: text.slice(from, start), after }) }
}

/** A problem with the task may be about its mark. That of an unread line is about this line alone. */
function isInProblem({ problems }: Plan, { path, line }: Marker): boolean {
  return problems.some(one => one.path === path && (one.isUnread !== true || one.line === line))
}

function withMarkers(task: Task, now: ReadonlyMap<Marker, Marker>): Task {
  if (!task.markers.some(marker => now.has(marker))) return task
  return { ...task, markers: task.markers.map(marker => now.get(marker) ?? marker) }
}
