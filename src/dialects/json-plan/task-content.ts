import type { Node } from 'jsonc-parser'
import type { Task } from '../../plan/plan.ts'
import { firstOf, membersOf, stringOf, stringsOf, valueOf } from '../json-document.ts'
import { filesNamedIn } from '../task-list/files.ts'
import type { PlanFile } from './plan-file.ts'
import { stateMarkers } from './states.ts'
import { groupName } from './task-lists.ts'

/** What the entry of a task says, without what only the whole file decides. */
export type TaskContent = Omit<Task, 'kind' | 'kindReason' | 'location'>

/** Reads the entry of a task. A task without a phase of its own is in `phase`. */
export function contentOf(file: PlanFile, entry: Node, id: string, phase: string): TaskContent {
  const description = DESCRIPTIONS.map(key => stringOf(valueOf(entry, key))?.trim()).find(
    text => text !== undefined && text !== '',
  )
  const title = titleOf(entry) ?? description?.split(/[\r\n]/)[0] ?? id
  const stated = filesOf(entry)
  return {
    id,
    title,
    ...(description !== undefined && description !== title && { description }),
    phase: phaseOf(file, entry) ?? phase,
    parallel: false,
    files: stated.length > 0 ? stated : filesNamedIn(`${title}\n${description ?? ''}`),
    dependsOn: [...new Set(listOf(firstOf(entry, DEPENDENCIES)).map(one => textOf(file, one)))],
    acceptance: criteriaOf(entry),
    markers: stateMarkers(file, entry),
  }
}

/** Does any task have a field for dependencies, even an empty one? Then the dependencies decide the order. */
export function namesDependencies({ entries }: PlanFile): boolean {
  return entries.some(entry => firstOf(entry, DEPENDENCIES) !== undefined)
}

/** The id that the file gives to a task: its own, or a short name of it. */
export function idOf(file: PlanFile, entry: Node): string | undefined {
  for (const key of IDS) {
    const node = valueOf(entry, key)
    if (node?.type !== 'number' && node?.type !== 'string') continue
    const id = textOf(file, node).trim()
    if (id !== '') return id
  }
  const name = stringOf(valueOf(entry, 'name'))?.trim() ?? ''
  return SLUG.test(name) && titleOf(entry) !== name ? name : undefined
}

/** A short name such as `password_reset` is not a title if there is a sentence beside it. */
function titleOf(entry: Node): string | undefined {
  const texts = TITLES.flatMap(key => stringOf(valueOf(entry, key))?.trim() ?? [])
  const named = texts.filter(text => text !== '')
  return named.find(text => !SLUG.test(text)) ?? named[0]
}

/** The value of a string; the source text of other values, so that large numbers keep all their digits. */
function textOf({ source }: PlanFile, node: Node): string {
  return stringOf(node) ?? source.slice(node.offset, node.offset + node.length)
}

/** The name of the group around the task, or of the phase that it names, perhaps by the phase's id. */
function phaseOf(file: PlanFile, entry: Node): string | undefined {
  const node = firstOf(entry, ['phase', 'group', 'milestone', 'epic', 'sprint'])
  if (node?.type === 'number') return `Phase ${textOf(file, node)}`
  const name = stringOf(node)?.trim() ?? ''
  return name === '' ? file.groups.get(entry) : (phaseNamed(file, name) ?? name)
}

function phaseNamed({ root }: PlanFile, id: string): string | undefined {
  const all = listOf(firstOf(root, ['phases', 'milestones', 'epics', 'sprints']))
  const found = all.find(one => stringOf(valueOf(one, 'id')) === id)
  return found && groupName(found)
}

function listOf(node: Node | undefined): Node[] {
  if (node === undefined || node.type === 'null') return []
  return node.type === 'array' ? (node.children ?? []) : [node]
}

/** The criteria of the first field that has some, else what the planned test asserts. */
function criteriaOf(entry: Node): string[] {
  const fields = [...ACCEPTANCE.map(key => valueOf(entry, key)), testField(entry, 'assertions')]
  return fields.map(field => listOf(field).flatMap(criterionOf)).find(one => one.length > 0) ?? []
}

/** A criterion is a string, or an object that contains one. */
function criterionOf(node: Node): string[] {
  const text =
    stringOf(node) ?? stringOf(firstOf(node, ['description', 'text', 'criterion', 'criteria']))
  return text === undefined || text.trim() === '' ? [] : [text]
}

function filesOf(entry: Node): string[] {
  const named = [...FILES.map(key => valueOf(entry, key)), testField(entry, 'file')]
  const paths = named.flatMap(stringsOf).flatMap(path => {
    const one = path
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.\/)+/, '')
    return /\s/.test(one) ? filesNamedIn(one) : [one]
  })
  return [
    ...new Set(paths.filter(path => path !== '' && !/[*{}]/.test(path) && !OUTSIDE.test(path))),
  ]
}

/** A field of `"test": {"file": …, "assertions": […]}`. */
function testField(entry: Node, key: string): Node | undefined {
  const test = valueOf(entry, 'test')
  return test && membersOf(test).find(member => member.key === key)?.value
}

const IDS = ['id', 'key', 'task_id', 'taskId', 'feature_id', 'featureId', 'story_id', 'storyId']
const TITLES = ['name', 'title', 'feature', 'task', 'story', 'summary']
const SLUG = /^[\w.-]{1,60}$/
const DESCRIPTIONS =
  `description details user_visible_behavior userVisibleBehavior behavior goal summary`.split(/\s+/)
const DEPENDENCIES = `dependencies dependsOn depends_on deps blockedBy blocked_by`.split(/\s+/)
const ACCEPTANCE =
  `dod acceptanceCriteria acceptance_criteria acceptance criteria definitionOfDone definition_of_done
  done_when doneWhen success_criteria successCriteria verification steps test_steps testSteps`.split(
    /\s+/,
  )
const FILES =
  `files file targetFiles target_files test_file testFile impl_file filesToCreate files_to_create
  filesToModify files_to_modify`.split(/\s+/)
/** Absolute paths, paths in a home folder, and paths out of the workspace. */
const OUTSIDE = /^(\/|~|[a-z]:)|(^|\/)\.\.(\/|$)/i
