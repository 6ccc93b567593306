import { execFile } from 'node:child_process'
import { findProgram, pathOutside } from '../runner/program.ts'
import { callSignal } from './git-process.ts'
import { NO_LAZY_FETCH, safePushArguments } from './git-safety.ts'
import { git } from './git.ts'
import { REFERENCES } from './snapshot-references.ts'
import type { Workspace } from './workspace.ts'

/**
 * Pushes the server's references to the remote of the branch, or to the only one. A human asked for it, so git may use their agent
 * and credentials. It never forces, and no hook runs.
 */
export async function pushReferences(
  workspace: Workspace,
): Promise<{ remote: string } | { failed: string }> {
  const remote = await remoteOf(workspace)
  if (remote === undefined)
    return { failed: 'the repository has no remote, or several and none for this branch' }
  const all = `${REFERENCES}/*:${REFERENCES}/*`
  const program = findProgram('git', workspace.root)
  if (program === undefined) return { failed: 'git was not found in PATH' }
  const PATH = pathOutside(workspace.root)
  const env = { ...process.env, ...NO_LAZY_FETCH, PATH, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  // Without a time limit: the human who waits for it can cancel it.
  const options = { cwd: workspace.root, env, windowsHide: true, signal: callSignal() }
  return new Promise(resolve => {
    execFile(program, safePushArguments([remote, all]), options, (error, _out, stderr) => {
      resolve(error ? { failed: stderr.trim().split('\n')[0] || error.message } : { remote })
    })
  })
}

async function remoteOf(workspace: Workspace): Promise<string | undefined> {
  const branch = (await git(workspace, ['symbolic-ref', '--short', '-q', 'HEAD']))?.trim()
  const own = branch && (await git(workspace, ['config', `branch.${branch}.remote`]))?.trim()
  if (own) return own
  const remotes = ((await git(workspace, ['remote'])) ?? '').split('\n').filter(name => name !== '')
  return remotes.find(name => name === 'origin') ?? (remotes.length === 1 ? remotes[0] : undefined)
}
