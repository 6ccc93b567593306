import type { PlanDocument } from '../../plan/plan.ts'
import type { Candidate, Shelf } from '../dialect.ts'
import { nameOf } from './paths.ts'
import { rootOf } from './roots.ts'

/** The documents of a component and of its project, the most telling first. */
export function documentsOf(shelf: Shelf, { dir, tasks }: Candidate): PlanDocument[] {
  const root = rootOf(dir)
  const spec = { name: 'spec', path: `${dir}/spec.md` }
  return [
    ...(shelf.exists(spec.path) ? [spec] : []),
    { name: 'plan', path: tasks },
    { name: 'tasks', path: tasks },
    ...projectDocuments(shelf, root).map(path => ({ name: nameOf(path).slice(0, -3), path })),
    ...inFolder(shelf, root, 'code_styleguides'),
  ]
}

/** Standards and templates of a project, whatever they are the standards of. */
export function standardsOf(shelf: Shelf, root: string): string[] {
  return projectDocuments(shelf, root).filter(path => /-(standards|template)\.md$/.test(path))
}

function projectDocuments(shelf: Shelf, root: string): string[] {
  const names = shelf.list(root)
  const others = names.filter(name => /-(standards|template)\.md$/.test(name))
  return [...NAMES.filter(name => names.includes(name)), ...others].map(name => `${root}/${name}`)
}

function inFolder(shelf: Shelf, root: string, folder: string): PlanDocument[] {
  return shelf
    .list(`${root}/${folder}`)
    .filter(name => name.endsWith('.md'))
    .map(name => ({ name: `${folder}/${name}`, path: `${root}/${folder}/${name}` }))
}

const NAMES = ['product.md', 'product-guidelines.md', 'tech-stack.md', 'workflow.md']
