import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** One commit under a name of its own, whatever the user's git is set to; `false` where there is no git. */
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

/** A clone as another machine has it, with what the server kept of every step. */
export async function cloneWithSnapshots(cwd: string, to: string): Promise<void> {
  await git(cwd, 'clone', '--quiet', `file://${cwd}`, to)
  await git(to, 'fetch', '--quiet', 'origin', 'refs/redgreen/*:refs/redgreen/*')
}

const WHO = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid']
const PLAIN = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=', '-c', 'core.autocrlf=false']

function git(cwd: string, ...args: string[]) {
  return promisify(execFile)('git', [...WHO, ...PLAIN, ...args], { cwd })
}
