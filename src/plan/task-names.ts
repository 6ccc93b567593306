import type { Task } from './plan.ts'

/**
 * The tasks that a caller may mean who does not write an id as the plan does: `2`, `task 2`, `#2` or `t2` for `T002`, `TASK-2` or
 * `2-add-a-page`. Several if the words fit several, also by the id that the file would give a task now; the caller then has to
 * decide.
 */
export function tasksMeantBy<T extends Pick<Task, 'id' | 'idInFile'>>(
  named: string,
  tasks: readonly T[],
): T[] {
  const same = tasks.filter(task => idsOf(task).some(id => normalized(id) === normalized(named)))
  if (same.length > 0) return same
  const number = numberNamed(named)
  return number === undefined
    ? []
    : tasks.filter(task => idsOf(task).some(id => numberOf(id) === number))
}

function idsOf({ id, idInFile = id }: Pick<Task, 'id' | 'idInFile'>): string[] {
  return [id, idInFile]
}

/** Without case, and without zeros in front of numbers. */
function normalized(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replaceAll(/(?<![\d.])0+(?=\d)/g, '')
}

/** The number that a caller writes alone, or behind a word for a task. */
function numberNamed(named: string): string | undefined {
  return /^(?:task|t)?[\s#_-]*(\d[\d.]*)$/.exec(normalized(named))?.[1]
}

/** The number in an id: behind its letters, or before the words of its title. */
function numberOf(id: string): string | undefined {
  return /^(?:[a-z]+[-_]?)?(\d[\d.]*)(?=$|-[a-z])/.exec(normalized(id))?.[1]
}
