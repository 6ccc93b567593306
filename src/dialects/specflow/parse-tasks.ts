import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import { sectionDependencies } from '../task-list/dependencies.ts'
import { detailsOf } from '../task-list/details.ts'
import {
  parseTasks as commonDrafts,
  type ParsedTask as CommonDraft,
} from '../task-list/parse-tasks.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import { descriptionOf, fieldsOf, valuesOf, withoutFields } from './fields.ts'
import type { TaskIdIndex } from './task-id-index.ts'
import { tagsOf, type TaskTags } from './kinds.ts'
import { parseDependencies, dependenciesInTitle, type KnownIds } from './dependencies.ts'

export type SpecflowTask = CommonDraft & { tags: TaskTags }

/** The tasks of the file with what SpecFlow's own fields and markers say, and the problems of their ids. */
export function parseSpecflowTasks(
  rows: readonly Row[],
  entries: readonly ListEntry[],
  path: string,
  bookOf: (ids: readonly string[]) => TaskIdIndex,
): { drafts: SpecflowTask[]; problems: ReturnType<typeof commonDrafts>['problems'] } {
  const { drafts: common, problems } = commonDrafts(rows, entries, path)
  const known = { ids: bookOf(common.map(({ task }) => task.id)), groups: groupsOf(common) }
  const sections = sectionDependencies(rows, new Set(known.ids.ids))
  const drafts = common.map((draft, at): SpecflowTask => {
    const entry = entries[at]
    const lines =
      entry === undefined ? [] : detailsOf(rows, entry, entries[at + 1]?.index ?? rows.length).lines
    const said = [...(sections.get(draft.task.id) ?? [])]
    return withFields(draft, entry?.rest ?? '', lines, known, said)
  })
  return { drafts, problems }
}

function withFields(
  { task, phase, above }: CommonDraft,
  rest: string,
  lines: readonly string[],
  known: KnownIds,
  said: readonly string[],
): SpecflowTask {
  const fields = fieldsOf(lines)
  const files = filesNamedIn(valuesOf(fields, 'file', 'test').join('\n'))
  const statements = [...dependenciesInTitle(rest), ...valuesOf(fields, 'dependency'), ...said]
  const isParallel = valuesOf(fields, 'parallel').some(value => PARALLEL.test(value))
  const { description: spoken = '', ...base } = task
  const description = descriptionOf(lines, spoken)
  return {
    task: {
      ...base,
      title: titleOf(rest) || task.title,
      parallel: task.parallel || PARALLEL_MARKER.test(rest) || isParallel,
      files: files.length > 0 ? files : task.files,
      dependsOn: parseDependencies(statements, known, task.id),
      acceptance: [
        ...valuesOf(fields, 'acceptance').map(stripMarkup),
        ...withoutFields(task.acceptance),
      ].filter(line => line !== ''),
      ...(description !== '' && { description }),
    },
    phase,
    above,
    tags: tagsOf(rest, valuesOf(fields, 'test')),
  }
}

/** The title without markers and without what stands in `dependsOn`. */
function titleOf(rest: string): string {
  const parts = rest.split(/(`[^`]*`)/)
  const spoken = parts.map((part, at) => (at % 2 === 0 ? part.replaceAll(ADORNMENT, '') : part))
  return stripMarkup(spoken.join('')).replace(/[\s:]+$/, '')
}

/** Ids by the number of the group that their phase is. */
function groupsOf(drafts: readonly CommonDraft[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { task } of drafts) {
    const number = /^\W*(?:group|phase|wave)\s+(\d+)\b/i.exec(task.phase)?.[1]
    if (number === undefined) continue
    const group = groups.get(number) ?? []
    group.push(task.id)
    groups.set(number, group)
  }
  return groups
}

const PARALLEL = /^(yes|true\b|\[P)/i
const PARALLEL_MARKER = /\[PARALLEL\]/
const ADORNMENT =
  /\s*(?:\[(?:T|DOCS?|P(?:ARALLEL|\s+with\s+[^\]]*)?)\](?!\()|\((?:depends(?:\s+on)?|dependenc(?:y|ies)|deps|blocked by)\s*:?\s+[^()]*(?:\([^()]*\)[^()]*)*\))/gi
