import type { Plan, Task } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import type { DocumentKind } from '../numbered-list/documents.ts'
import type { Field } from '../numbered-list/fields.ts'
import type { NumberedStyle } from '../numbered-list/plan.ts'
import { readWithRequirements } from '../numbered-list/read-with-requirements.ts'

/** Where Kiro and cc-sdd keep their features. */
export const PLACE = '.kiro/specs'

/** Reads the tasks.md of a feature, with the criteria of its requirements.md. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  return readWithRequirements(reader, candidate, {
    dialect: 'kiro',
    style: STYLE,
    remedy: REMEDY,
    place: PLACE,
    documents: DOCUMENTS,
  })
}

const STYLE: NumberedStyle = {
  example: '1.1',
  notFiles: /^[_*]{1,2}(requirements?|depends|blocked|boundary)\b/i,
  signs: { '[-]': 'doing', '[~]': 'doing' },
  isGroup: (task, fields, parts) => !hasDetails(task, fields) || parts.some(isWork),
}

/**
 * Kiro writes details only below a task that somebody works on. If its sub-tasks do work too, the details are about theirs; if they only
 * test or check, nobody would do what the details say.
 */
function hasDetails({ description, acceptance }: Task, fields: readonly Field[]): boolean {
  return description !== undefined || acceptance.length > 0 || fields.length > 0
}

function isWork({ kind, optional, parts }: Task): boolean {
  return optional !== true && (kind === 'build' || kind === 'refactor' || parts !== undefined)
}

const DOCUMENTS: readonly DocumentKind[] = [
  {
    name: 'requirements',
    // The specification of a bug fix has its own document.
    files: ['requirements.md', 'bugfix.md'],
    remedy: 'Write the requirements first.',
  },
  { name: 'design', files: ['design.md'], remedy: 'Write the design first.' },
  { name: 'research', files: ['research.md', 'gap-analysis.md'] },
]

const REMEDY = 'Write the tasks as "- [ ] 1. …" and "- [ ] 1.1 …", or let Kiro write them.'
