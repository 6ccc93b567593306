import type { PlanDocument } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { linkedIn, type Linked } from './index-links.ts'
import { baseName } from './paths.ts'
import { rootOf } from './roots.ts'

/** The documents of a component or track and of its project, the most important first. */
export function trackDocuments(reader: WorkspaceReader, { dir, tasks }: Candidate): PlanDocument[] {
  const root = rootOf(dir)
  const spec = { name: 'spec', path: `${dir}/spec.md` }
  return [
    ...(reader.exists(spec.path) ? [spec] : []),
    { name: 'plan', path: tasks },
    { name: 'tasks', path: tasks },
    ...projectDocuments(reader, root),
    ...inFolder(reader, root, 'code_styleguides'),
  ]
}

/** The files with standards and templates of a project. */
export function standardsFiles(reader: WorkspaceReader, root: string): string[] {
  const names = reader.list(root).filter(name => /-(standards|template)\.md$/.test(name))
  return names.map(name => `${root}/${name}`)
}

function projectDocuments(reader: WorkspaceReader, root: string): PlanDocument[] {
  const usual = PROJECT.flatMap(({ name, link }) => {
    const path = linkedIn(reader, root, link) ?? `${root}/${name}.md`
    return reader.exists(path) ? [{ name, path }] : []
  })
  const others = standardsFiles(reader, root).map(path => ({
    name: baseName(path).slice(0, -3),
    path,
  }))
  return [...usual, ...others]
}

function inFolder(reader: WorkspaceReader, root: string, folder: string): PlanDocument[] {
  return reader
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
