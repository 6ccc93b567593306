import type { PlanDocument } from '../../plan/plan.ts'
import type { Candidate, Shelf } from '../dialect.ts'
import { linkedIn, type Linked } from './index-links.ts'
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
    ...projectDocuments(shelf, root),
    ...inFolder(shelf, root, 'code_styleguides'),
  ]
}

/** Standards and templates of a project, whatever they are the standards of. */
export function standardsOf(shelf: Shelf, root: string): string[] {
  const names = shelf.list(root).filter(name => /-(standards|template)\.md$/.test(name))
  return names.map(name => `${root}/${name}`)
}

function projectDocuments(shelf: Shelf, root: string): PlanDocument[] {
  const usual = PROJECT.flatMap(({ name, link }) => {
    const path = linkedIn(shelf, root, link) ?? `${root}/${name}.md`
    return shelf.exists(path) ? [{ name, path }] : []
  })
  const others = standardsOf(shelf, root).map(path => ({ name: nameOf(path).slice(0, -3), path }))
  return [...usual, ...others]
}

function inFolder(shelf: Shelf, root: string, folder: string): PlanDocument[] {
  return shelf
    .list(`${root}/${folder}`)
    .filter(name => name.endsWith('.md'))
    .map(name => ({ name: `${folder}/${name}`, path: `${root}/${folder}/${name}` }))
}

const PROJECT: readonly { name: string; link: Linked }[] = [
  { name: 'product', link: 'product' },
  { name: 'product-guidelines', link: 'guidelines' },
  { name: 'tech-stack', link: 'stack' },
  { name: 'workflow', link: 'workflow' },
]
