import type { Node } from 'jsonc-parser'
import type { KindClues } from '../../plan/kind-clues.ts'
import { kindOf } from '../../plan/kinds.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import { membersOf, repeatedMembers, stringOf, valueOf } from '../json-document.ts'
import { UniqueIds } from '../unique-ids.ts'
import { listName, type PlanFile } from './plan-file.ts'
import { stateProblems } from './state-problems.ts'
import { contentOf, idOf, type TaskContent } from './task-content.ts'

/** Parses the tasks of a plan in file order, and reports problems of single tasks. */
export function parseJsonTasks(
  file: PlanFile,
  phase: string,
): { tasks: Task[]; problems: Problem[] } {
  const { entries, path, lineAt } = file
  const problems: Problem[] = []
  const parsed: ParsedTask[] = []
  const ids = new UniqueIds()
  const own = entries.map(entry => (entry.type === 'object' ? idOf(file, entry) : undefined))
  const areNamed = own.some(id => id !== undefined)
  for (const [at, entry] of entries.entries()) {
    const location = { path, line: lineAt(entry.offset) }
    if (entry.type !== 'object') {
      problems.push({ ...location, text: `Entry ${at + 1} of ${listName(file)} is not a task.` })
      continue
    }
    const id = ids.unique(own[at] ?? `task-${at + 1}`)
    const text = areNamed ? idProblem(own[at], id) : undefined
    if (text !== undefined) problems.push({ ...location, text })
    problems.push(...repeatedKeys(file, entry, id), ...stateProblems(file, entry, id))
    const isSetUp = SETS_UP.test(stringOf(valueOf(entry, 'category')) ?? '')
    parsed.push({ task: { ...contentOf(file, entry, id, phase), location }, isSetUp })
  }
  return { tasks: withKinds(parsed), problems }
}

/** A task whose kind is known only after all tasks have been read. */
interface ParsedTask {
  task: TaskContent & Pick<Task, 'location'>
  /** Its category says that it sets the project up. */
  isSetUp: boolean
}

/** If no task has an id, their positions are their ids, as in a list without numbers. */
function idProblem(own: string | undefined, id: string): string | undefined {
  if (own === undefined) return `The task has no id, so it is called ${id}.`
  if (own === id) return undefined
  return `The id ${own} is already used, so this task is called ${id}. Give it an id of its own.`
}

function withKinds(parsed: readonly ParsedTask[]): Task[] {
  const needed = new Set(parsed.flatMap(({ task }) => task.dependsOn))
  return parsed.map(({ task, isSetUp }) => {
    const { title, files, phase: name } = task
    // Tests that another task depends on are written before the code.
    const ahead = needed.has(task.id)
    const [category, phase] = isSetUp ? (['setup', 'Setup'] as const) : (['work', name] as const)
    const clues: KindClues = { category, phase, title, files, ahead }
    return Object.assign(task, kindOf(clues))
  })
}

function repeatedKeys({ path, lineAt }: PlanFile, entry: Node, id: string): Problem[] {
  return repeatedMembers(membersOf(entry)).map(({ key, start }) => {
    const text = `${id} has the key "${key}" twice. Keep one of them.`
    return { path, line: lineAt(start), text, blocks: [id] }
  })
}

const SETS_UP = /^\s*(set-?up|scaffold(ing)?)\s*$/i
