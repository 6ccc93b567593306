import { execFileSync } from 'node:child_process'
import { storeTreeInGit } from '../../src/store/snapshot.ts'
import { stateOf } from '../../src/store/state.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { spread, timed } from './measure.ts'
import { makeRepository } from './repository.ts'

/** Measures a snapshot after one file has changed, in repositories of these sizes. */
export async function measureSnapshots(
  sizes: readonly number[],
  rounds: number,
): Promise<string[]> {
  const lines: string[] = []
  for (const size of sizes) lines.push(await measureSize(size, rounds))
  return lines
}

async function measureSize(size: number, rounds: number): Promise<string> {
  const files = Array.from({ length: size }, (_, at) => [
    `src/part-${at % 100}/file-${at}.js`,
    `export const value = ${at}\n${'// some text of a source file\n'.repeat(40)}`,
  ])
  const repository = makeRepository(Object.fromEntries(files))
  try {
    const { root } = repository
    execFileSync('git', ['-C', root, 'add', '-A'])
    const author = ['-c', 'user.name=load', '-c', 'user.email=load@localhost']
    execFileSync('git', ['-C', root, ...author, 'commit', '-qm', 'all'])
    const workspace = openWorkspace(root)
    if (!workspace) throw new Error(`There is no folder ${root}.`)
    const state = stateOf(workspace)
    const takeSnapshot = async (round: number) => {
      const purpose = { feature: 'bench', task: `T${round}`, step: 'red' }
      const stored = await storeTreeInGit({ workspace, state }, await takeTree(workspace), purpose)
      if ('missing' in stored) throw new Error(stored.missing)
    }
    const first = await timed(() => takeSnapshot(-1))
    const figures: number[] = []
    for (let round = 0; round < rounds; round++) {
      repository.write('src/part-0/file-0.js', `export const value = 'round ${round}'\n`)
      figures.push(await timed(() => takeSnapshot(round)))
    }
    return `${size} files: first ${Math.round(first)} ms; after a change in one file ${spread(figures)}`
  } finally {
    repository.remove()
  }
}
