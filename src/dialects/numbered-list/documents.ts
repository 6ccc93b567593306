import type { PlanDocument, Problem } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'

/** A document of a feature: its name, and the files that may contain it, the usual one first. */
export interface DocumentKind {
  name: string
  files: readonly string[]
  /** What writes it, if it is required. */
  remedy?: string
}

/** The existing documents of a feature in the order of `kinds`, with its tasks and the documents in other folders. */
export function documentsOf(
  reader: WorkspaceReader,
  { dir, tasks }: Candidate,
  kinds: readonly DocumentKind[],
  folders: readonly string[],
): PlanDocument[] {
  const own = kinds.flatMap(({ name, files }) => {
    const file = files.find(one => reader.exists(`${dir}/${one}`))
    return file === undefined ? [] : [{ name, path: `${dir}/${file}` }]
  })
  const around = folders.flatMap(folder =>
    reader
      .list(folder)
      .filter(file => file.endsWith('.md'))
      .map(file => ({
        name: `${folder.split('/').at(-1) ?? folder}/${file}`,
        path: `${folder}/${file}`,
      })),
  )
  return [...own, { name: 'tasks', path: tasks }, ...around]
}

/** Problems for missing required documents. They block no task by themselves. */
export function missingDocuments(
  reader: WorkspaceReader,
  { dir }: Candidate,
  kinds: readonly DocumentKind[],
): Problem[] {
  return kinds.flatMap(({ files, remedy }) => {
    const isThere = files.some(file => reader.exists(`${dir}/${file}`))
    if (isThere || remedy === undefined) return []
    const path = `${dir}/${files[0] ?? ''}`
    return [{ path, line: 1, text: `${path} is missing. ${remedy}` }]
  })
}

/** The folder of the project that contains a place such as `.kiro/specs`: empty, or with a slash at the end. */
export function projectOf(dir: string, place: string): string {
  const at = dir.indexOf(`${place}/`)
  return at < 0 ? '' : dir.slice(0, at)
}
