import type { Node } from 'jsonc-parser'
import { countOf } from '../../plan/format-list.ts'
import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import {
  membersOf,
  parseDocument,
  repeatedMembers,
  stringOf,
  valueOf,
  type JsonDocument,
  type Member,
} from '../json-document.ts'
import { NO_FILE } from '../no-file.ts'
import { parseOnce } from '../parse-once.ts'

/** A list of tasks with a name. A file of older versions has one list without a name, which is `master`. */
export interface Tag {
  name: string
  /** The value of "tasks", not validated. */
  tasks: Node
}

/** A parsed tasks.json. */
export interface TaskFile extends JsonDocument {
  path: string
  tags: Tag[]
  /** Lists of tasks that belong to no tag. */
  problems: Problem[]
}

/** Reads and parses the file at `path`. */
export function readTaskFile(reader: WorkspaceReader, path: string): TaskFile {
  const source = reader.read(path)
  if (source === undefined) throw new Unreadable(path, 1, `${NO_FILE} ${WRITE_TASKS}`)
  return parseTaskFile(source, path)
}

/** Parses a tasks.json with or without tags; throws `Unreadable` if it is neither. */
export const parseTaskFile = parseOnce(parse)

function parse(source: string, path: string): TaskFile {
  const document = parseDocument(source, path)
  const { root, lineAt } = document
  const members = membersOf(root)
  refuseRepeated(members, path, lineAt)
  const tags = members.flatMap(({ key, value }): Tag[] => {
    refuseRepeated(membersOf(value), path, lineAt, 'tasks')
    const tasks = valueOf(value, 'tasks')
    return tasks === undefined ? [] : [{ name: key, tasks }]
  })
  const flat = valueOf(root, 'tasks')
  if (tags.length === 0 && flat !== undefined) {
    const file = { ...document, path, tags: [{ name: DEFAULT_TAG, tasks: flat }] }
    return { ...file, problems: listsOutside(members, path, lineAt, flat) }
  }
  if (tags.length === 0) throw new Unreadable(path, 1, `The file has no "tasks". ${WRITE_TASKS}`)
  return { ...document, path, tags, problems: listsOutside(members, path, lineAt) }
}

/** The tasks of a tag as nodes; throws `Unreadable` if there are none. */
export function entriesOf({ path, lineAt }: TaskFile, { name, tasks }: Tag): Node[] {
  const line = lineAt(tasks.offset)
  if (tasks.type !== 'array')
    throw new Unreadable(path, line, `"tasks" of the tag ${name} is not a list. ${WRITE_TASKS}`)
  const entries = tasks.children ?? []
  if (entries.length === 0)
    throw new Unreadable(path, line, `The tag ${name} has no tasks. ${WRITE_TASKS}`)
  return entries
}

/** If a key occurs twice, only a human knows which one is meant. */
function refuseRepeated(
  members: readonly Member[],
  path: string,
  lineAt: (offset: number) => number,
  only?: string,
): void {
  const twice = repeatedMembers(members).find(({ key }) => only === undefined || key === only)
  if (twice === undefined) return
  const text = `The key "${twice.key}" occurs twice. Keep one of them.`
  throw new Unreadable(path, lineAt(twice.start), text)
}

/** Lists that look like tasks but belong to no tag: task-master does not read them either. */
function listsOutside(
  members: readonly Member[],
  path: string,
  lineAt: (offset: number) => number,
  read?: Node,
): Problem[] {
  return members.flatMap(({ key, value, start }) => {
    const tasks = value === read || value.type !== 'array' ? [] : (value.children ?? [])
    const count = tasks.filter(hasState).length
    if (count === 0) return []
    const text = `"${key}" is not a tag, so its ${countOf(count, 'task')} ${count === 1 ? 'is' : 'are'} not read. Write them as "tasks" of a tag.`
    return [{ path, line: lineAt(start), text, isUnread: true }]
  })
}

/** As in task-master, or as in a JSON plan. */
function hasState(entry: Node): boolean {
  return (
    stringOf(valueOf(entry, 'status')) !== undefined || valueOf(entry, 'passes')?.type === 'boolean'
  )
}

export const DEFAULT_TAG = 'master'
const WRITE_TASKS = 'Let task-master write the tasks (task-master parse-prd).'
