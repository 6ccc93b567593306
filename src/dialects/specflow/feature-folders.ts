import type { Candidate, Shelf } from '../dialect.ts'
import { isClaimed } from '../task-list/folder-owner.ts'
import { featureRows } from './database.ts'

/** Every feature folder with a tasks.md, sorted by directory. */
export function featuresOf(shelf: Shelf): Candidate[] {
  const shared = foldersIn(shelf, '.specify/specs').filter(dir => isClaimed(shelf, dir))
  const own = OWN_ROOTS.flatMap(root => foldersIn(shelf, root))
  const named = featureRows(shelf).flatMap(({ specPath }) => folderOf(specPath ?? ''))
  const dirs = new Set([...shared, ...own, ...named])
  return [...dirs]
    .filter(dir => shelf.exists(`${dir}/tasks.md`))
    .sort()
    .map(dir => ({ id: dir.split('/').at(-1) ?? dir, dir, tasks: `${dir}/tasks.md` }))
}

function foldersIn(shelf: Shelf, root: string): string[] {
  const names = shelf.list(root).filter(name => name.endsWith('/') && !name.startsWith('.'))
  return names.map(name => `${root}/${name.slice(0, -1)}`)
}

/** The folder that the database names; an absolute one may be of another machine, so only its end counts. */
function folderOf(specPath: string): string[] {
  const path = specPath.replaceAll('\\', '/').replace(/\/+$/, '')
  const inside = /(?:^|\/)(\.specify\/specs\/[^/]+)/.exec(path)?.[1]
  if (inside !== undefined) return [inside]
  const dir = path.replace(/^\.\//, '').replace(/\/?[^/]+\.md$/, '')
  return dir === '' || dir.startsWith('/') || /^[a-z]:/i.test(dir) ? [] : [dir]
}

const OWN_ROOTS = ['.specflow/specs', 'specflow']
