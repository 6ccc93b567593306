import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { isSpecflowFolder } from '../task-list/folder-owner.ts'
import { featureRows } from './database.ts'

/** Every feature folder with a tasks.md, sorted by directory. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const shared = foldersIn(reader, '.specify/specs').filter(dir => isSpecflowFolder(reader, dir))
  const own = OWN_ROOTS.flatMap(root => foldersIn(reader, root))
  const named = featureRows(reader).flatMap(({ specPath }) => folderOf(specPath ?? ''))
  const dirs = new Set([...shared, ...own, ...named])
  return [...dirs]
    .filter(dir => reader.exists(`${dir}/tasks.md`))
    .sort()
    .map(dir => ({ id: dir.split('/').at(-1) ?? dir, dir, tasks: `${dir}/tasks.md` }))
}

function foldersIn(reader: WorkspaceReader, root: string): string[] {
  const names = reader.list(root).filter(name => name.endsWith('/') && !name.startsWith('.'))
  return names.map(name => `${root}/${name.slice(0, -1)}`)
}

/** The folder of a path in the database. An absolute path may be from another machine, so only its end counts. */
function folderOf(specPath: string): string[] {
  const path = specPath.replaceAll('\\', '/').replace(/\/+$/, '')
  const inside = /(?:^|\/)(\.specify\/specs\/[^/]+)/.exec(path)?.[1]
  if (inside !== undefined) return [inside]
  const dir = path.replace(/^\.\//, '').replace(/\/?[^/]+\.md$/, '')
  return dir === '' || dir.startsWith('/') || /^[a-z]:/i.test(dir) ? [] : [dir]
}

const OWN_ROOTS = ['.specflow/specs', 'specflow']
