import { execFileSync } from 'node:child_process'
import { storeTreeInGit } from '../../src/store/snapshot.ts'
import { stateOf } from '../../src/store/state.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { makeProject, type Project } from './project.ts'

export const PURPOSE = { feature: '001-stack', task: 'T001', step: 'start' }

/** The workspace of a folder, and where the server keeps its own files in it. */
export function placeOf(root: string) {
  const workspace = openWorkspace(root)
  if (!workspace) throw new Error('no workspace')
  return { workspace, state: stateOf(workspace) }
}

/** Stores a snapshot of the workspace. */
export async function keep(root: string, purpose = PURPOSE) {
  const place = placeOf(root)
  const tree = await takeTree(place.workspace)
  const kept = await storeTreeInGit(place, tree, purpose)
  return { place, tree, kept, snapshot: 'snapshot' in kept ? kept.snapshot : '' }
}

/** Runs git in a folder and returns its output. */
export function runGit(root: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** A project whose files are committed. */
export function committed(files: Record<string, string>): Project {
  const project = makeProject(files)
  runGit(project.root, 'add', '-A')
  runGit(project.root, 'commit', '-qm', 'begin')
  return project
}
