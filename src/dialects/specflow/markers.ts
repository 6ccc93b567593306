import type { Marker, Plan, Problem, Task } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { completedField } from './front-matter.ts'
import { summaryRows } from './summary-rows.ts'
import { isMarkedDone } from './done-count.ts'
import { countOf } from '../../plan/format-list.ts'

/** The markers of a task in order of precedence: its box, then its table cell, then a tick. */
export function orderMarkers(own: readonly Marker[], cells: readonly Marker[]): Marker[] {
  const boxes = own.filter(marker => !isTick(marker))
  // If a table holds the state, a heading without a tick means nothing.
  const ticks = own.filter(marker => isTick(marker) && (cells.length === 0 || marker.text !== ''))
  return [...boxes, ...cells, ...ticks]
}

function isTick({ text }: Marker): boolean {
  return text === '' || text !== text.trim()
}

/** Problems where the file contradicts itself about finished tasks. */
export function contradictionProblems(
  rows: readonly Row[],
  plan: Pick<Plan, 'tasks' | 'phases'>,
): Problem[] {
  const path = plan.tasks[0]?.location.path ?? ''
  return [
    ...plan.tasks.flatMap(markerProblems),
    ...counterProblems(rows, plan.tasks, path),
    ...summaryProblems(rows, plan, path),
  ]
}

function markerProblems({ id, markers: [first, ...others] }: Task): Problem[] {
  const other = others.find(({ state }) => state !== first?.state)
  if (first === undefined || other === undefined) return []
  const { path, line } = other
  const text = `${id} is "${first.text}" in line ${first.line} and "${other.text}" here; the first one counts.`
  return [{ path, line, text }]
}

function counterProblems(rows: readonly Row[], tasks: readonly Task[], path: string): Problem[] {
  const completed = completedField(rows)
  const done = tasks.filter(isMarkedDone).length
  if (completed === undefined || completed.count === done) return []
  const text = `"completed" is ${completed.count}, but ${markedDone(done, tasks)}.`
  return [{ path, line: completed.field.line, text }]
}

function summaryProblems(
  rows: readonly Row[],
  plan: Pick<Plan, 'tasks' | 'phases'>,
  path: string,
): Problem[] {
  return summaryRows(rows, plan).flatMap(({ name, tasks, count }) => {
    const wanted = new Set(tasks)
    const done = plan.tasks.filter(task => wanted.has(task.id) && isMarkedDone(task)).length
    if (count === undefined || count.done === done) return []
    const text = `"${name}" counts ${countOf(count.done, 'finished task')}, but ${markedDone(done, tasks)}.`
    return [{ path, line: count.cell.line, text }]
  })
}

function markedDone(done: number, { length }: readonly unknown[]): string {
  return `${done} of ${countOf(length, 'task')} ${done === 1 ? 'is' : 'are'} marked done`
}
