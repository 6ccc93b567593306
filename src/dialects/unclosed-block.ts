import type { Problem, Task } from '../plan/plan.ts'
import { unclosedAt, type Row } from './markdown.ts'

/** What is wrong where a fence or a comment is never closed and hides boxes: nobody knows what the plan was to be. */
export function unclosedBlockProblem(
  source: string,
  rows: readonly Row[],
  path: string,
): Problem | undefined {
  if (rows.at(-1)?.kind !== 'hidden') return undefined
  const line = unclosedAt(source)
  if (line === undefined) return undefined
  const boxes = rows.slice(line).filter(({ text }) => BOX.test(text)).length
  if (boxes === 0) return undefined
  const what = boxes === 1 ? 'a box' : `${boxes} boxes`
  const text = `The code block or comment that begins here is never closed and hides ${what} below it. Close it.`
  return { path, line, text }
}

/** The same as a problem of a plan in which some tasks are left: none of them may start. */
export function blockAllTasks(problem: Problem | undefined, tasks: readonly Task[]): Problem[] {
  return problem === undefined ? [] : [{ ...problem, blocks: tasks.map(({ id }) => id) }]
}

const BOX = /^\s*(?:[-*+]|#{1,6})\s+\[.?\]\s/
