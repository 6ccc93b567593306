import type { Node } from 'jsonc-parser'
import { kindOf, type KindClues } from '../../plan/kinds.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import { firstOf, membersOf, repeatedMembers, stringOf, stringsOf, valueOf } from './document.ts'
import { UniqueIds } from './unique-ids.ts'
import type { PlanFile } from './plan-file.ts'
import { stateMarkers } from './states.ts'

/** The tasks of a plan in the order of the file, and what is wrong with single ones. */
export function parseJsonTasks(
  shape: PlanFile,
  phase: string,
): { tasks: Task[]; problems: Problem[] } {
  const { entries, path, lineAt } = shape
  const problems: Problem[] = []
  const drafts: Draft[] = []
  const ids = new UniqueIds()
  for (const [at, entry] of entries.entries()) {
    const place = { path, line: lineAt(entry.offset) }
    if (entry.type !== 'object') {
      problems.push({ ...place, text: `Entry ${at + 1} of "${shape.list}" is no task.` })
      continue
    }
    const own = idOf(shape, entry)
    const id = ids.unique(own ?? `task-${at + 1}`)
    if (own === undefined) problems.push({ ...place, text: `It has no id, so it is called ${id}.` })
    else if (own !== id)
      problems.push({ ...place, text: `The id ${own} is used before, so this one is ${id}.` })
    problems.push(...repeatedKeys(shape, entry, id))
    drafts.push({ ...wordsOf(shape, entry, id, phase), location: place })
  }
  return { tasks: withKinds(drafts), problems }
}

/** A task whose kind is not known before all are read. */
type Draft = Omit<Task, 'kind' | 'kindReason'>
type Words = Omit<Draft, 'location'>

function wordsOf(shape: PlanFile, entry: Node, id: string, phase: string): Words {
  const text = (...keys: string[]) => stringOf(firstOf(entry, keys))?.trim()
  const description = text('description')
  const title = text('name', 'title') ?? description?.split(/[\r\n]/)[0] ?? id
  return {
    id,
    title,
    ...(description !== undefined && description !== title && { description }),
    phase: phaseOf(shape, entry) ?? phase,
    parallel: false,
    files: filesOf(entry),
    dependsOn: [...new Set(listOf(firstOf(entry, DEPENDENCIES)).map(one => plainOf(shape, one)))],
    acceptance: listOf(firstOf(entry, ACCEPTANCE)).flatMap(criterionOf),
    markers: stateMarkers(shape, entry),
  }
}

/** Does any task say what it waits for, be it nothing? Then that decides the order. */
export function namesDependencies({ entries }: PlanFile): boolean {
  return entries.some(entry => firstOf(entry, DEPENDENCIES) !== undefined)
}

function withKinds(drafts: readonly Draft[]): Task[] {
  const needed = new Set(drafts.flatMap(({ dependsOn }) => dependsOn))
  return drafts.map(draft => {
    const { title, files, phase } = draft
    // Tests that another task waits for are written before what they test.
    const ahead = needed.has(draft.id)
    const clues: KindClues = { category: 'work', phase, title, files, ahead }
    return Object.assign(draft, kindOf(clues))
  })
}

function idOf(shape: PlanFile, entry: Node): string | undefined {
  const node = valueOf(entry, 'id')
  if (node === undefined || (node.type !== 'number' && node.type !== 'string')) return undefined
  const id = plainOf(shape, node).trim()
  return id === '' ? undefined : id
}

/** A string as it reads; anything else as it is written, so that a number of any size stays itself. */
function plainOf({ source }: PlanFile, node: Node): string {
  return stringOf(node) ?? source.slice(node.offset, node.offset + node.length)
}

function phaseOf(shape: PlanFile, entry: Node): string | undefined {
  const node = firstOf(entry, ['phase', 'group'])
  if (node?.type === 'number') return `Phase ${plainOf(shape, node)}`
  const name = stringOf(node)?.trim()
  return name === '' ? undefined : name
}

function listOf(node: Node | undefined): Node[] {
  if (node === undefined || node.type === 'null') return []
  return node.type === 'array' ? (node.children ?? []) : [node]
}

/** A criterion is a sentence, or an object that has one. */
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
    const text = `${id} has "${key}" twice. Keep one of them.`
    return { path, line: lineAt(start), text, blocks: [id] }
  })
}

const DEPENDENCIES = ['dependencies', 'dependsOn', 'depends_on']
const ACCEPTANCE = ['dod', 'acceptanceCriteria', 'acceptance_criteria', 'verification', 'steps']
const FILES = ['files', 'targetFiles', 'target_files', 'test_file', 'impl_file']
/** Paths of the system, of a home, or that climb out of the workspace. */
const OUTSIDE = /^(\/|~|[a-z]:)|(^|\/)\.\.(\/|$)/i
