import type { Node } from 'jsonc-parser'
import type { KindClues } from '../../plan/kind-clues.ts'
import { kindOf } from '../../plan/kinds.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import {
  firstOf,
  membersOf,
  repeatedMembers,
  stringOf,
  stringsOf,
  valueOf,
} from '../json-document.ts'
import { UniqueIds } from '../unique-ids.ts'
import type { PlanFile } from './plan-file.ts'
import { stateMarkers } from './states.ts'

/** Parses the tasks of a plan in file order, and reports problems of single tasks. */
export function parseJsonTasks(
  file: PlanFile,
  phase: string,
): { tasks: Task[]; problems: Problem[] } {
  const { entries, path, lineAt } = file
  const problems: Problem[] = []
  const parsed: TaskWithoutKind[] = []
  const ids = new UniqueIds()
  for (const [at, entry] of entries.entries()) {
    const location = { path, line: lineAt(entry.offset) }
    if (entry.type !== 'object') {
      problems.push({ ...location, text: `Entry ${at + 1} of "${file.list}" is not a task.` })
      continue
    }
    const own = idOf(file, entry)
    const id = ids.unique(own ?? `task-${at + 1}`)
    if (own === undefined)
      problems.push({ ...location, text: `The task has no id, so it is called ${id}.` })
    else if (own !== id)
      problems.push({
        ...location,
        text: `The id ${own} is already used, so this task is called ${id}. Give it an id of its own.`,
      })
    problems.push(...repeatedKeys(file, entry, id))
    parsed.push({ ...contentOf(file, entry, id, phase), location })
  }
  return { tasks: withKinds(parsed), problems }
}

/** The kind of a task is known only after all tasks have been read. */
type TaskWithoutKind = Omit<Task, 'kind' | 'kindReason'>
type Content = Omit<TaskWithoutKind, 'location'>

function contentOf(file: PlanFile, entry: Node, id: string, phase: string): Content {
  const text = (...keys: string[]) => stringOf(firstOf(entry, keys))?.trim()
  const description = text('description')
  const title = text('name', 'title') ?? description?.split(/[\r\n]/)[0] ?? id
  return {
    id,
    title,
    ...(description !== undefined && description !== title && { description }),
    phase: phaseOf(file, entry) ?? phase,
    parallel: false,
    files: filesOf(entry),
    dependsOn: [...new Set(listOf(firstOf(entry, DEPENDENCIES)).map(one => textOf(file, one)))],
    acceptance: listOf(firstOf(entry, ACCEPTANCE)).flatMap(criterionOf),
    markers: stateMarkers(file, entry),
  }
}

/** Does any task have a field for dependencies, even an empty one? Then the dependencies decide the order. */
export function namesDependencies({ entries }: PlanFile): boolean {
  return entries.some(entry => firstOf(entry, DEPENDENCIES) !== undefined)
}

function withKinds(tasks: readonly TaskWithoutKind[]): Task[] {
  const needed = new Set(tasks.flatMap(({ dependsOn }) => dependsOn))
  return tasks.map(task => {
    const { title, files, phase } = task
    // Tests that another task depends on are written before the code.
    const ahead = needed.has(task.id)
    const clues: KindClues = { category: 'work', phase, title, files, ahead }
    return Object.assign(task, kindOf(clues))
  })
}

function idOf(file: PlanFile, entry: Node): string | undefined {
  const node = valueOf(entry, 'id')
  if (node === undefined || (node.type !== 'number' && node.type !== 'string')) return undefined
  const id = textOf(file, node).trim()
  return id === '' ? undefined : id
}

/** The value of a string; the source text of other values, so that large numbers keep all their digits. */
function textOf({ source }: PlanFile, node: Node): string {
  return stringOf(node) ?? source.slice(node.offset, node.offset + node.length)
}

function phaseOf(file: PlanFile, entry: Node): string | undefined {
  const node = firstOf(entry, ['phase', 'group'])
  if (node?.type === 'number') return `Phase ${textOf(file, node)}`
  const name = stringOf(node)?.trim()
  return name === '' ? undefined : name
}

function listOf(node: Node | undefined): Node[] {
  if (node === undefined || node.type === 'null') return []
  return node.type === 'array' ? (node.children ?? []) : [node]
}

/** A criterion is a string, or an object that contains one. */
function criterionOf(node: Node): string[] {
  const text = stringOf(node) ?? stringOf(firstOf(node, ['description', 'text', 'criterion']))
  return text === undefined || text.trim() === '' ? [] : [text]
}

function filesOf(entry: Node): string[] {
  const named = FILES.flatMap(key => stringsOf(valueOf(entry, key)))
  const paths = named.map(path =>
    path
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.\/)+/, ''),
  )
  return [...new Set(paths.filter(path => path !== '' && !OUTSIDE.test(path)))]
}

function repeatedKeys({ path, lineAt }: PlanFile, entry: Node, id: string): Problem[] {
  return repeatedMembers(membersOf(entry)).map(({ key, start }) => {
    const text = `${id} has the key "${key}" twice. Keep one of them.`
    return { path, line: lineAt(start), text, blocks: [id] }
  })
}

const DEPENDENCIES = ['dependencies', 'dependsOn', 'depends_on']
const ACCEPTANCE = ['dod', 'acceptanceCriteria', 'acceptance_criteria', 'verification', 'steps']
const FILES = ['files', 'targetFiles', 'target_files', 'test_file', 'impl_file']
/** Absolute paths, paths in a home folder, and paths out of the workspace. */
const OUTSIDE = /^(\/|~|[a-z]:)|(^|\/)\.\.(\/|$)/i
