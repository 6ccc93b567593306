import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Commits all files, independent of the user's git settings; returns `false` when git is not available. */
export async function commitAll(cwd: string, message: string): Promise<boolean> {
  try {
    await git(cwd, 'init', '--quiet')
    await git(cwd, 'add', '--all')
    await git(cwd, 'commit', '--quiet', '--message', message)
    return true
  } catch {
    return false
  }
}

/** Clones the repository as another machine would, and fetches the snapshots that the server recorded. */
export async function cloneWithSnapshots(cwd: string, to: string): Promise<void> {
  await git(cwd, 'clone', '--quiet', `file://${cwd}`, to)
  await git(to, 'fetch', '--quiet', 'origin', 'refs/redgreen/*:refs/redgreen/*')
}

const AUTHOR = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid']
const DEFAULTS = [
  '-c',
  'commit.gpgsign=false',
  '-c',
  'core.hooksPath=',
  '-c',
  'core.autocrlf=false',
]

function git(cwd: string, ...args: string[]) {
  return promisify(execFile)('git', [...AUTHOR, ...DEFAULTS, ...args], { cwd })
}
