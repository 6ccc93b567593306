import type { Task } from '../../plan/plan.ts'
import type { Field } from './fields.ts'

/** The tasks with what `_Depends: 1.1, 2.3_` says. The number of a section stands for its tasks. */
export function withDependencies(
  tasks: readonly Task[],
  fields: ReadonlyMap<string, readonly Field[]>,
): Task[] {
  const known = new Set(tasks.map(({ id }) => id))
  const bySection = sectionsOf(tasks)
  const groups = groupsByPart(tasks)
  return tasks.map(task => {
    const own = (fields.get(task.id) ?? []).filter(({ name }) => DEPENDS.test(name))
    const ids = own.flatMap(({ name, value }) =>
      numbersIn(value).flatMap(id => {
        if (known.has(id)) return [id]
        const section = bySection.get(id)?.map(one => one.id)
        // In prose, a number may stand for something else.
        return section ?? (name === 'depends' ? [id] : [])
      }),
    )
    // A group ends with its parts, so none of them can wait for it.
    const others = ids.filter(id => id !== task.id && !isInside(task.id, id, groups))
    if (others.length === 0) return task
    return { ...task, dependsOn: [...new Set([...task.dependsOn, ...others])] }
  })
}

/** By task, the group that it is a part of. */
function groupsByPart(tasks: readonly Task[]): Map<string, string> {
  return new Map(tasks.flatMap(({ id, parts = [] }) => parts.map(part => [part, id] as const)))
}

function isInside(id: string, group: string, groups: ReadonlyMap<string, string>): boolean {
  for (let outer = groups.get(id); outer !== undefined; outer = groups.get(outer))
    if (outer === group) return true
  return false
}

function sectionsOf(tasks: readonly Task[]): Map<string, Task[]> {
  const sections = new Map<string, Task[]>()
  for (const task of tasks) {
    const number = task.id.split('.')[0] ?? ''
    const section = sections.get(number) ?? []
    sections.set(number, section)
    section.push(task)
  }
  return sections
}

/** The numbers in a text, without those in brackets and parts of words. */
function numbersIn(text: string): string[] {
  const outside = text.replaceAll(/\([^()]{0,300}\)/g, ' ')
  return [
    ...outside.matchAll(/(?<![\w.])\d{1,4}(?:\.\d{1,4}){0,15}(?:\.?[a-z])?(?![\w]|\.\d)/g),
  ].map(([id]) => id)
}

const DEPENDS = /^(depends( on)?|dependenc(y|ies))$/
