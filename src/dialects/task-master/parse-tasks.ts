import type { Node } from 'jsonc-parser'
import { kindOf } from '../../plan/kinds.ts'
import type { Problem, Task } from '../../plan/plan.ts'
import { asGroup, descriptionInGroup } from '../groups-around.ts'
import { membersOf, repeatedMembers, valueOf } from '../json-document.ts'
import { UniqueIds } from '../unique-ids.ts'
import { isBlocked, isKnown } from './states.ts'
import { contentOf, dependenciesOf, numberOf } from './task-content.ts'
import type { TaskFile } from './task-file.ts'

/** Parses the tasks of a tag with their sub-tasks, each task before its own, and reports problems of single tasks. */
export function parseTagTasks(
  file: TaskFile,
  entries: readonly Node[],
  tag: string,
): { tasks: Task[]; problems: Problem[] } {
  const list = new TaskList(file, tag)
  list.add(entries, undefined)
  return { tasks: list.tasks(), problems: list.problems }
}

/** A task, and what only the whole list says about it. */
interface ParsedTask {
  entry: Node
  task: Task
  /** As the file writes them. */
  dependencies: string[]
  parent: ParsedTask | undefined
  parts: string[]
}

class TaskList {
  readonly problems: Problem[] = []
  private readonly parsed: ParsedTask[] = []
  private readonly ids = new UniqueIds()
  private readonly file: TaskFile
  private readonly tag: string

  constructor(file: TaskFile, tag: string) {
    this.file = file
    this.tag = tag
  }

  add(entries: readonly Node[], parent: ParsedTask | undefined): void {
    for (const [at, entry] of entries.entries()) {
      const location = { path: this.file.path, line: this.file.lineAt(entry.offset) }
      if (entry.type !== 'object') {
        const list = parent === undefined ? `the tag ${this.tag}` : `task ${parent.task.id}`
        const text = `Entry ${at + 1} of ${list} is not a task.`
        this.problems.push({ ...location, text, isUnread: true })
        continue
      }
      const id = this.idOf(entry, at, parent)
      const own = contentOf(this.file, entry, id, this.tag)
      const around = parent && descriptionInGroup(own, parent.task)
      const task = { ...own, ...around, location }
      const one = { entry, task, parent, parts: [], dependencies: dependenciesOf(this.file, entry) }
      this.parsed.push(one)
      parent?.parts.push(id)
      this.report(one)
      const below = valueOf(entry, 'subtasks')
      if (below?.type === 'array') this.add(below.children ?? [], one)
      else if (below !== undefined && below.type !== 'null')
        this.problems.push({
          path: this.file.path,
          line: this.file.lineAt(below.offset),
          text: `"subtasks" of ${id} is not a list, so it is not read.`,
          isUnread: true,
        })
    }
  }

  /** The tasks with their dependencies, kinds and groups, which are known only after all have been read. */
  tasks(): Task[] {
    const known = new Set(this.parsed.map(({ task }) => task.id))
    const depended = new Map<ParsedTask, string[]>()
    for (const one of this.parsed) depended.set(one, dependsOn(one, known, depended))
    const needed = new Set([...depended.values()].flat())
    return this.parsed.map(one => {
      const { task, parts } = one
      const { id, title, files } = task
      const complete = { ...task, dependsOn: depended.get(one) ?? [] }
      if (parts.length > 0) return asGroup(complete, parts)
      // Tests that another task depends on are written before the code.
      const ahead = needed.has(id)
      return { ...complete, ...kindOf({ category: 'work', phase: this.tag, title, files, ahead }) }
    })
  }

  private idOf(entry: Node, at: number, parent: ParsedTask | undefined): string {
    const outer = parent === undefined ? '' : `${parent.task.id}.`
    const own = numberOf(this.file, entry)
    const location = { path: this.file.path, line: this.file.lineAt(entry.offset) }
    if (own === undefined) {
      const id = this.ids.unique(`${outer}task-${at + 1}`)
      this.problems.push({ ...location, text: `The task has no id, so it is called ${id}.` })
      return id
    }
    // Some files write the number of the task into those of its sub-tasks.
    const whole = outer !== '' && own.startsWith(outer) ? own : `${outer}${own}`
    const id = this.ids.unique(whole)
    if (id !== whole)
      this.problems.push({
        ...location,
        text: `The id ${whole} is already used, so this task is called ${id}. Give it an id of its own.`,
      })
    return id
  }

  private report({ entry, task: { id, markers } }: ParsedTask): void {
    const { path, lineAt } = this.file
    for (const { key, start } of repeatedMembers(membersOf(entry)))
      this.problems.push({
        path,
        line: lineAt(start),
        text: `${id} has the key "${key}" twice. Keep one of them.`,
        blocks: [id],
      })
    for (const marker of markers) {
      const { line } = marker
      if (isBlocked(marker))
        this.problems.push({
          path,
          line,
          text: `${id} is blocked. Set its status to pending when the cause is gone.`,
          blocks: [id],
        })
      if (!isKnown(marker))
        this.problems.push({
          path,
          line,
          text: `${id} has the status ${marker.text}, which task-master does not know, so it counts as pending.`,
          isUnread: true,
        })
    }
  }
}

/** The ids that the task waits for. A sub-task also waits for what the task around it waits for. */
function dependsOn(
  { task, dependencies, parent }: ParsedTask,
  known: ReadonlySet<string>,
  depended: ReadonlyMap<ParsedTask, string[]>,
): string[] {
  const outer = parent?.task.id
  const own = dependencies.map(id => {
    const sibling = outer === undefined || id.includes('.') ? id : `${outer}.${id}`
    // A number alone is a sub-task of the same task; if there is none, files mean another task.
    return !known.has(sibling) && known.has(id) && id !== outer ? id : sibling
  })
  const inherited = (parent && depended.get(parent)) ?? []
  const around = `${outer}.`
  return [...new Set([...own, ...inherited.filter(id => id !== task.id && !id.startsWith(around))])]
}
