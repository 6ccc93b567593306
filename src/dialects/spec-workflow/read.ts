import type { Plan } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import type { DocumentKind } from '../numbered-list/documents.ts'
import type { NumberedStyle } from '../numbered-list/plan.ts'
import { readWithRequirements } from '../numbered-list/read-with-requirements.ts'

/** Where spec-workflow keeps its specs. */
export const PLACE = '.spec-workflow/specs'

/** Reads the tasks.md of a spec, with the criteria of its requirements.md. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  return readWithRequirements(reader, candidate, {
    dialect: 'spec-workflow',
    style: STYLE,
    remedy: REMEDY,
    place: PLACE,
    documents: DOCUMENTS,
  })
}

const STYLE: NumberedStyle = {
  example: '1.1',
  notFiles: /^[_*]{1,2}(requirements?|leverage|prompt|blocked)(?=[\s_*:：]|$)/i,
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
