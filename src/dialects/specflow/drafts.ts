import type { Row } from '../markdown.ts'
import type { ListEntry } from '../task-list/candidates.ts'
import { sectionDependencies } from '../task-list/dependencies.ts'
import { detailsOf } from '../task-list/details.ts'
import { draftsOf as commonDrafts, type Draft as CommonDraft } from '../task-list/drafts.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { plain } from '../task-list/tasks.ts'
import { descriptionOf, fieldsOf, valuesOf, withoutFields } from './fields.ts'
import type { IdBook } from './id-table.ts'
import { markersOf, type Markers } from './kinds.ts'
import { idsIn, waitsInTitle, type KnownIds } from './blockers.ts'

export type Draft = CommonDraft & { markers: Markers }

/** The tasks of the file with what SpecFlow's own fields and markers say, and the problems of their ids. */
export function draftsOf(
  rows: readonly Row[],
  entries: readonly ListEntry[],
  path: string,
  bookOf: (ids: readonly string[]) => IdBook,
): { drafts: Draft[]; problems: ReturnType<typeof commonDrafts>['problems'] } {
  const { drafts: common, problems } = commonDrafts(rows, entries, path)
  const known = { ids: bookOf(common.map(({ task }) => task.id)), groups: groupsOf(common) }
  const sections = sectionDependencies(rows, new Set(known.ids.ids))
  const drafts = common.map((draft, at): Draft => {
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
): Draft {
  const fields = fieldsOf(lines)
  const files = filesNamedIn(valuesOf(fields, 'file', 'test').join('\n'))
  const statements = [...waitsInTitle(rest), ...valuesOf(fields, 'dependency'), ...said]
  const isParallel = valuesOf(fields, 'parallel').some(value => PARALLEL.test(value))
  const { description: spoken = '', ...base } = task
  const description = descriptionOf(lines, spoken)
  return {
    task: {
      ...base,
      title: titleOf(rest) || task.title,
      parallel: task.parallel || PARALLEL_MARKER.test(rest) || isParallel,
      files: files.length > 0 ? files : task.files,
      dependsOn: idsIn(statements, known, task.id),
      acceptance: [
        ...valuesOf(fields, 'acceptance').map(plain),
        ...withoutFields(task.acceptance),
      ].filter(line => line !== ''),
      ...(description !== '' && { description }),
    },
    phase,
    above,
    markers: markersOf(rest, valuesOf(fields, 'test')),
  }
}

/** The title without markers and without what stands in `dependsOn`. */
function titleOf(rest: string): string {
  const parts = rest.split(/(`[^`]*`)/)
  const spoken = parts.map((part, at) => (at % 2 === 0 ? part.replaceAll(ADORNMENT, '') : part))
  return plain(spoken.join('')).replace(/[\s:]+$/, '')
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
