import type { Plan } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import {
  documentsOf,
  missingDocuments,
  projectOf,
  type DocumentKind,
} from '../numbered-list/documents.ts'
import type { NumberedStyle } from '../numbered-list/plan.ts'
import { readNumbered } from '../numbered-list/read.ts'
import { criteriaOf, withCriteria } from '../numbered-list/requirements.ts'
import { textOrEmpty } from '../text-or-empty.ts'

/** Where spec-workflow keeps its specs. */
export const PLACE = '.spec-workflow/specs'

/** Reads the tasks.md of a spec, with the criteria of its requirements.md. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const { dir } = candidate
  const requirements = `${dir}/requirements.md`
  const steering = `${projectOf(dir, PLACE)}.spec-workflow/steering`
  return readNumbered(reader, candidate, {
    dialect: 'spec-workflow',
    style: STYLE,
    remedy: REMEDY,
    documents: documentsOf(reader, candidate, DOCUMENTS, [steering]),
    problems: missingDocuments(reader, candidate, DOCUMENTS),
    complete: plan =>
      withCriteria(plan, criteriaOf(textOrEmpty(reader, requirements)), requirements),
  })
}

const STYLE: NumberedStyle = {
  example: '1.1',
  notFiles: /^[_*]{1,2}(requirements?|leverage|prompt|blocked)\b/i,
  signs: { '[-]': 'doing', '[~]': 'other' },
  // The workflow counts a task with sub-tasks as their heading only if nothing else is below it.
  isGroup: ({ description, files }, fields) =>
    description === undefined && files.length === 0 && fields.length === 0,
}

const DOCUMENTS: readonly DocumentKind[] = [
  { name: 'requirements', files: ['requirements.md'], remedy: 'Write the requirements first.' },
  { name: 'design', files: ['design.md'], remedy: 'Write the design first.' },
]

const REMEDY = 'Write the tasks as "- [ ] 1. …" and "- [ ] 1.1 …".'
