import type { PlanDocument, Problem } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { featureDocuments as commonDocuments } from '../task-list/feature-documents.ts'
import { commandId } from '../feature-ids.ts'

/** The existing documents of the feature, the most important first. */
export function specflowDocuments(reader: WorkspaceReader, candidate: Candidate): PlanDocument[] {
  const own = OWN.map(name => ({ name, path: `${candidate.dir}/${name}.md` }))
  const all = [...commonDocuments(reader, candidate), ...own, APP_CONTEXT]
  return all.filter(({ path }) => reader.exists(path))
}

/** Problems for missing required documents. They block no task by themselves. */
export function missingSpecflowDocuments(
  reader: WorkspaceReader,
  { dir, id }: Candidate,
): Problem[] {
  return REQUIRED.flatMap(({ name, command }) => {
    const path = `${dir}/${name}.md`
    const remedy = `Run \`specflow ${command} ${commandId(id)}\` first.`
    return reader.exists(path) ? [] : [{ path, line: 1, text: `${path} is missing. ${remedy}` }]
  })
}

const OWN = ['docs', 'verify']
const APP_CONTEXT = { name: 'app-context', path: '.specify/app-context.md' }

const REQUIRED = [
  { name: 'spec', command: 'specify' },
  { name: 'plan', command: 'plan' },
]
