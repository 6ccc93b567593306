import { execFileSync } from 'node:child_process'
import { storeTreeInGit } from '../../src/store/snapshot.ts'
import { stateOf } from '../../src/store/state.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { spread, timed } from './measure.ts'
import { makeRepository } from './project.ts'

/** A snapshot after the change of one file, in repositories of several sizes. */
export async function snapshots(sizes: readonly number[], rounds: number): Promise<string[]> {
  const told: string[] = []
  for (const size of sizes) told.push(await snapshotOf(size, rounds))
  return told
}

async function snapshotOf(size: number, rounds: number): Promise<string> {
  const files = Array.from({ length: size }, (_, at) => [
    `src/part-${at % 100}/file-${at}.js`,
    `export const value = ${at}\n${'// some text of a source file\n'.repeat(40)}`,
  ])
  const repository = makeRepository(Object.fromEntries(files))
  try {
    const { root } = repository
    execFileSync('git', ['-C', root, 'add', '-A'])
    const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost']
    execFileSync('git', ['-C', root, ...author, 'commit', '-qm', 'all'])
    const workspace = openWorkspace(root)
    if (!workspace) throw new Error(`There is no folder ${root}.`)
    const state = stateOf(workspace)
    const keep = async (round: number) => {
      const purpose = { feature: 'bench', task: `T${round}`, step: 'red' }
      const kept = await storeTreeInGit({ workspace, state }, await takeTree(workspace), purpose)
      if ('missing' in kept) throw new Error(kept.missing)
    }
    const first = await timed(() => keep(-1))
    const figures: number[] = []
    for (let round = 0; round < rounds; round++) {
      repository.write('src/part-0/file-0.js', `export const value = 'round ${round}'\n`)
      figures.push(await timed(() => keep(round)))
    }
    return `${size} files: first ${Math.round(first)} ms; after a change of one file ${spread(figures)}`
  } finally {
    repository.remove()
  }
}
