import type { PlanDocument, Problem } from '../../plan/plan.ts'
import type { Candidate, Shelf } from '../dialect.ts'

/** The documents of the feature that exist, the most telling first. */
export function documentsOf(shelf: Shelf, { dir, tasks }: Candidate): PlanDocument[] {
  const fixed = NAMES.map(name => ({ name, path: `${dir}/${name}.md` }))
  return [
    ...fixed.filter(({ path }) => shelf.exists(path)),
    { name: 'tasks', path: tasks },
    ...FOLDERS.flatMap(folder => inFolder(shelf, dir, folder)),
    ...CONSTITUTIONS.filter(path => shelf.exists(path)).map(path => ({
      name: 'constitution',
      path,
    })),
  ]
}

/** Problems for the documents that a feature must have; they block no task by themselves. */
export function missingDocuments(shelf: Shelf, { dir }: Candidate): Problem[] {
  return REQUIRED.flatMap(({ name, remedy }) => {
    const path = `${dir}/${name}`
    return shelf.exists(path) ? [] : [{ path, line: 1, text: `${path} is missing. ${remedy}` }]
  })
}

function inFolder(shelf: Shelf, dir: string, folder: string): PlanDocument[] {
  return shelf
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
