import type { Task } from './plan.ts'

/** Everything that the plan says about a task, to notice that somebody rewrote it. */
export function wordsOf({ title, description = '', kind, files, acceptance }: Task): string {
  return JSON.stringify([title, description, kind, files, acceptance])
}

/** The description and the criteria of a task, a line each, for a human who decides about it. */
export function detailsOf({ description = '', acceptance }: Task): string[] {
  const lines = description.split('\n').filter(line => line.trim() !== '')
  return [...lines.map(line => `  ${line}`), ...acceptance.map(criterion => `  - ${criterion}`)]
}
