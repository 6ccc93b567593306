import type { PlanDocument, Problem } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'

/** The existing documents of the feature, the most important first. */
export function featureDocuments(
  reader: WorkspaceReader,
  { dir, tasks }: Candidate,
): PlanDocument[] {
  const fixed = NAMES.map(name => ({ name, path: `${dir}/${name}.md` }))
  return [
    ...fixed.filter(({ path }) => reader.exists(path)),
    { name: 'tasks', path: tasks },
    ...FOLDERS.flatMap(folder => inFolder(reader, dir, folder)),
    ...CONSTITUTIONS.filter(path => reader.exists(path)).map(path => ({
      name: 'constitution',
      path,
    })),
  ]
}

/** Problems for missing required documents. They block no task by themselves. */
export function missingFeatureDocuments(reader: WorkspaceReader, { dir }: Candidate): Problem[] {
  return REQUIRED.flatMap(({ name, remedy }) => {
    const path = `${dir}/${name}`
    return reader.exists(path) ? [] : [{ path, line: 1, text: `${path} is missing. ${remedy}` }]
  })
}

function inFolder(reader: WorkspaceReader, dir: string, folder: string): PlanDocument[] {
  return reader
    .list(`${dir}/${folder}`)
    .filter(name => !name.endsWith('/') && !name.startsWith('.'))
    .map(name => ({ name: `${folder}/${name}`, path: `${dir}/${folder}/${name}` }))
}

const NAMES = ['spec', 'plan', 'data-model', 'research', 'quickstart']
const FOLDERS = ['contracts', 'checklists']
const CONSTITUTIONS = ['.specify/memory/constitution.md', 'memory/constitution.md']

const REQUIRED = [
  { name: 'spec.md', remedy: 'Write the specification first (/speckit.specify).' },
  { name: 'plan.md', remedy: 'Write the technical plan first (/speckit.plan).' },
]
