import { execFile } from 'node:child_process'
import type { Workspace } from './workspace.ts'

/**
 * What git prints for a question, or `undefined` where it has no answer: no git, no repository. The repository's own
 * programs (fsmonitor, hooks, pager) are kept from running, and no variable of our environment reaches it.
 */
export function git(workspace: Workspace, args: readonly string[]): Promise<string | undefined> {
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager']
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env
  const env = { PATH, HOME, SystemRoot, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
  const options = { cwd: workspace.root, env, maxBuffer: 256 * 1024 * 1024, windowsHide: true }
  return new Promise(resolve => {
    execFile('git', [...safe, ...args], options, (error, stdout) => {
      resolve(error ? undefined : stdout)
    })
  })
}
