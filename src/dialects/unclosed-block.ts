import type { Problem, Task } from '../plan/plan.ts'
import { unclosedAt, type Row } from './markdown.ts'

/** A problem if a code block or comment is never closed and hides boxes: then it is unclear which tasks the plan has. */
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
  const hidden = boxes === 1 ? 'a box' : `${boxes} boxes`
  const text = `The code block or comment that begins here is never closed and hides ${hidden} below it. Close it.`
  return { path, line, text }
}

/** The problem with every visible task blocked: none of them may start. */
export function blockAllTasks(problem: Problem | undefined, tasks: readonly Task[]): Problem[] {
  return problem === undefined ? [] : [{ ...problem, blocks: tasks.map(({ id }) => id) }]
}

const BOX = /^\s*(?:[-*+]|#{1,6})\s+\[.?\]\s/
