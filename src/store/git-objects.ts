import { runGit } from './git.ts'
import type { Workspace } from './workspace.ts'

/** A file in a git tree. */
export interface TreeEntry {
  /** Git's file mode: `100644`, `100755`, `120000` for a link, or `160000` for a submodule. */
  mode: string
  object: string
  path: string
}

/** All entries of a tree, in all its folders; `undefined` if git does not have the tree. */
export async function listEntries(
  workspace: Workspace,
  tree: string,
): Promise<TreeEntry[] | undefined> {
  const answer = await runGit(workspace, ['ls-tree', '-r', '-z', '--full-tree', tree])
  if ('failed' in answer) return undefined
  const lines = answer.out.toString('utf8').split('\0')
  return lines.flatMap(line => {
    const [, mode = '', object = '', path = ''] = ENTRY.exec(line) ?? []
    return path === '' ? [] : [{ mode, object, path }]
  })
}

/** The files of a tree that a snapshot can contain; `undefined` if git does not have the tree. Submodules are left out. */
export async function listTree(
  workspace: Workspace,
  tree: string,
): Promise<TreeEntry[] | undefined> {
  return (await listEntries(workspace, tree))?.filter(isSource)
}

/** A file whose name is not UTF-8 cannot be requested. */
export function isSource({ mode, path }: TreeEntry): boolean {
  return mode !== SUBMODULE && !path.includes('\uFFFD')
}

const SUBMODULE = '160000'

const ENTRY = /^(\d+) \w+ (\w+)\t([^]*)$/

/** Passes the stored bytes of each file to `take`, in order; throws if one is missing. */
export async function readBlobs(
  workspace: Workspace,
  entries: readonly TreeEntry[],
  take: (entry: TreeEntry, bytes: Buffer) => void,
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    await readSome(workspace, entries.slice(from, from + AT_ONCE), take)
  }
}

/** A batch that stays small in memory. */
const AT_ONCE = 2000

async function readSome(
  workspace: Workspace,
  entries: readonly TreeEntry[],
  take: (entry: TreeEntry, bytes: Buffer) => void,
): Promise<void> {
  const answer = await runGit(workspace, ['cat-file', '--batch'], names(entries))
  if ('failed' in answer) throw new Error(`git gives no contents: ${answer.failed}`)
  let at = 0
  for (const entry of entries) {
    const end = answer.out.indexOf(0x0a, at)
    const [, type, size] = answer.out.toString('utf8', at, end).split(' ')
    if (type !== 'blob') throw new Error(`git does not have the contents of ${entry.path}.`)
    const begin = end + 1
    take(entry, answer.out.subarray(begin, begin + Number(size)))
    at = begin + Number(size) + 1
  }
}

async function* names(entries: readonly TreeEntry[]): AsyncGenerator<string> {
  yield entries.map(({ object }) => `${object}\n`).join('')
}
