import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** One commit under a name of its own, whatever the user's git is set to; `false` where there is no git. */
export async function commitAll(cwd: string): Promise<boolean> {
  const who = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid']
  const plain = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=', '-c', 'core.autocrlf=false']
  const git = (...args: string[]) =>
    promisify(execFile)('git', [...who, ...plain, ...args], { cwd })
  try {
    await git('init', '--quiet')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'The plan')
    return true
  } catch {
    return false
  }
}
