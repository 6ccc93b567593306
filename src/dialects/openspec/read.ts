import type { Plan, PlanDocument } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { documentsOf, missingDocuments, type DocumentKind } from '../numbered-list/documents.ts'
import type { NumberedStyle } from '../numbered-list/plan.ts'
import { readNumbered } from '../numbered-list/read.ts'
import { isDeferred } from '../task-list/dropped.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { isDelta, scenariosOf, withScenarios } from './scenarios.ts'

/** Reads the tasks.md of a change, with the scenarios of its spec deltas. */
export function readPlan(reader: WorkspaceReader, candidate: Candidate): Plan {
  const documents = [
    ...documentsOf(reader, candidate, DOCUMENTS, []),
    ...deltasOf(reader, `${candidate.dir}/specs`, 0),
  ]
  const scenarios = documents
    .filter(isDelta)
    .flatMap(({ path }) => scenariosOf(textOrEmpty(reader, path)))
  return readNumbered(reader, candidate, {
    dialect: 'openspec',
    style: STYLE,
    remedy: REMEDY,
    documents,
    problems: missingDocuments(reader, candidate, DOCUMENTS),
    complete: plan => ({ ...plan, tasks: withScenarios(plan.tasks, scenarios) }),
  })
}

/** The spec deltas of a change: `specs/<capability>/spec.md`, also in folders of folders. */
function deltasOf(reader: WorkspaceReader, folder: string, depth: number): PlanDocument[] {
  return reader.list(folder).flatMap(name => {
    const path = `${folder}/${name}`
    if (name.endsWith('/'))
      return depth < MAX_DEPTH ? deltasOf(reader, path.slice(0, -1), depth + 1) : []
    return name === 'spec.md' ? [{ name: path.slice(path.indexOf('/specs/') + 1), path }] : []
  })
}

const STYLE: NumberedStyle = {
  example: '1.1',
  // OpenSpec counts every box without an x as unfinished. Some authors defer a task with this sign.
  signs: { '[~]': rest => (isDeferred(rest) ? 'other' : 'doing') },
  isGroup: () => true,
  ticksSubBoxes: true,
}

const DOCUMENTS: readonly DocumentKind[] = [
  { name: 'proposal', files: ['proposal.md'], remedy: 'Write the proposal first (/opsx:propose).' },
  { name: 'design', files: ['design.md'] },
]

const REMEDY = 'Write the tasks as "- [ ] 1.1 …" below "## 1. …", or run /opsx:propose.'
const MAX_DEPTH = 3
