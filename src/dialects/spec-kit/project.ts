import type { Candidate, WorkspaceReader } from '../dialect.ts'

/** The folder of the project that `SPECIFY_INIT_DIR` names, relative to the workspace; empty for the workspace itself. */
export function initFolder(reader: WorkspaceReader): string {
  const named = reader.variable('SPECIFY_INIT_DIR')
  if (named === undefined || named === '') return ''
  return existingEnd(reader, normalizedFolder(named), folder => folder) ?? normalizedFolder(named)
}

/** The feature in a folder that somebody named, however deep it is; `undefined` if it has no tasks. */
export function featureIn(reader: WorkspaceReader, named: string): Candidate | undefined {
  const folder = normalizedFolder(named).replace(/(^|\/)[\w-]+\.md$/i, '')
  const dir = existingEnd(reader, folder, path => `${path}/tasks.md`)
  return dir === undefined ? undefined : candidateIn(dir)
}

export function candidateIn(dir: string): Candidate {
  return { id: dir.split('/').at(-1) ?? dir, dir, tasks: `${dir}/tasks.md` }
}

/** With `/` as separator, without `./` and a trailing `/`. */
export function normalizedFolder(named: string): string {
  const path = named.trim().replaceAll('\\', '/').replace(/\/+$/, '')
  return path.replace(/^(\.\/)+/, '').replace(/^\.$/, '')
}

export function isAbsoluteFolder(folder: string): boolean {
  return folder.startsWith('/') || /^[a-z]:\//i.test(folder)
}

/** The folder itself, or the longest end of an absolute path, as spec-kit's scripts write it, that exists in the workspace. */
function existingEnd(
  reader: WorkspaceReader,
  folder: string,
  proofOf: (folder: string) => string,
): string | undefined {
  if (folder === '') return undefined
  if (!isAbsoluteFolder(folder)) return reader.exists(proofOf(folder)) ? folder : undefined
  const parts = folder.split('/')
  const ends = parts.map((_, at) => parts.slice(at + 1).join('/')).filter(end => end !== '')
  return ends.find(end => reader.exists(proofOf(end)))
}
