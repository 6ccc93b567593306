import type { Problem } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { sectionDependencies } from '../task-list/dependencies.ts'
import { detailsOf } from '../task-list/details.ts'
import { parseTasks, type ParsedTask } from '../task-list/parse-tasks.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { descriptionOf, fieldsOf, valuesOf, withoutFields } from './fields.ts'
import { TaskIdIndex } from './task-id-index.ts'
import { tagsOf, type TaskTags } from './kinds.ts'
import { parseDependencies, dependenciesInTitle, type KnownIds } from './dependencies.ts'

export type SpecflowTask = ParsedTask & { tags: TaskTags }

/** Parses the tasks of the file with SpecFlow's own fields and tags, and reports repeated ids. */
export function parseSpecflowTasks(
  rows: readonly Row[],
  entries: readonly ListEntry[],
  path: string,
): { parsed: SpecflowTask[]; problems: Problem[] } {
  const { parsed: common, problems } = parseTasks(rows, entries, path)
  const ids = new TaskIdIndex(common.map(({ task }) => task.id))
  const known = { ids, groups: groupsOf(common) }
  const sections = sectionDependencies(rows, new Set(ids.ids))
  const parsed = common.map((one, at): SpecflowTask => {
    const entry = entries[at]
    const lines =
      entry === undefined ? [] : detailsOf(rows, entry, entries[at + 1]?.index ?? rows.length).lines
    const fromSections = [...(sections.get(one.task.id) ?? [])]
    return withFields(one, entry?.rest ?? '', lines, known, fromSections)
  })
  return { parsed, problems }
}

function withFields(
  { task, phase, above }: ParsedTask,
  rest: string,
  lines: readonly string[],
  known: KnownIds,
  fromSections: readonly string[],
): SpecflowTask {
  const fields = fieldsOf(lines)
  const files = filesNamedIn(valuesOf(fields, 'file', 'test').join('\n'))
  const statements = [
    ...dependenciesInTitle(rest),
    ...valuesOf(fields, 'dependency'),
    ...fromSections,
  ]
  const isParallel = valuesOf(fields, 'parallel').some(value => PARALLEL.test(value))
  const { description: prose = '', ...base } = task
  const description = descriptionOf(lines, prose)
  return {
    task: {
      ...base,
      title: titleOf(rest) || task.title,
      parallel: task.parallel || PARALLEL_TAG.test(rest) || isParallel,
      files: files.length > 0 ? files : task.files,
      dependsOn: parseDependencies(statements, known, task.id),
      acceptance: [
        ...new Set([
          ...valuesOf(fields, 'acceptance').map(stripMarkup),
          ...withoutFields(task.acceptance),
        ]),
      ].filter(line => line !== ''),
      ...(description !== '' && { description }),
    },
    phase,
    above,
    tags: tagsOf(rest, valuesOf(fields, 'test')),
  }
}

/** The title without tags and dependencies. */
function titleOf(rest: string): string {
  const parts = rest.split(/(`[^`]*`)/)
  const title = parts.map((part, at) =>
    at % 2 === 0 ? part.replaceAll(TAG_OR_DEPENDENCY, '') : part,
  )
  return stripMarkup(title.join('')).replace(/[\s:]+$/, '')
}

/** The ids of each group, by the number in the name of their phase. */
function groupsOf(parsed: readonly ParsedTask[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { task } of parsed) {
    const number = /^\W*(?:group|phase|wave)\s+(\d+)\b/i.exec(task.phase)?.[1]
    if (number === undefined) continue
    const group = groups.get(number) ?? []
    group.push(task.id)
    groups.set(number, group)
  }
  return groups
}

const PARALLEL = /^(yes|true\b|\[P)/i
const PARALLEL_TAG = /\[PARALLEL\]/
const TAG_OR_DEPENDENCY =
  /\s*(?:\[(?:T|DOCS?|P(?:ARALLEL|\s+with\s+[^\]]*)?)\](?!\()|\((?:depends(?:\s+on)?|dependenc(?:y|ies)|deps|blocked by)\s*:?\s+[^()]*(?:\([^()]*\)[^()]*)*\))/gi
