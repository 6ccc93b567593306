import { findProgram } from '../runner/program.ts'
import { bareRepositoryAround } from './git-folder.ts'
import { runGitProcess } from './git-process.ts'
import { configurationEnvironment, gitEnvironment, safeArguments } from './git-safety.ts'
import type { Workspace } from './workspace.ts'

/** Git's output; or, if it failed, one line with the reason and all of its messages. */
export type GitResult = { out: Buffer } | GitFailure

export interface GitFailure {
  failed: string
  messages: string
  /** The error that interrupted the input. */
  cause?: unknown
}

/**
 * The output of a git command; `undefined` if it fails, for example without git or a repository. Programs of the repository
 * (a `git` of its own, fsmonitor, hooks, pager) do not run, and git gets no variables of the server's environment.
 */
export async function git(
  workspace: Workspace,
  args: readonly string[],
): Promise<string | undefined> {
  const answer = await runGit(workspace, args)
  return 'out' in answer ? answer.out.toString('utf8') : undefined
}

/** Like `git`, with standard input, output as bytes, and the reason of a failure. Throws `GitStalled`, or if the call was cancelled. */
export async function runGit(
  workspace: Workspace,
  args: readonly string[],
  input?: AsyncIterable<string | Uint8Array>,
): Promise<GitResult> {
  const program = findProgram('git', workspace.root)
  if (program === undefined) return { failed: 'git was not found in PATH', messages: '' }
  const [command = ''] = args
  const bare = command.startsWith('-') ? undefined : bareRepositoryAround(workspace.root)
  if (bare !== undefined) return { failed: `${bare} is a bare git repository`, messages: '' }
  const filters = comparesFiles(args) ? await repositoryFilters(workspace) : []
  const env = { ...gitEnvironment(workspace), ...configurationEnvironment(filters) }
  const { end, out, messages, cause } = await runGitProcess({
    argv: [program, ...safeArguments(args)],
    shown: `git ${args.join(' ')}`,
    cwd: workspace.root,
    env,
    input,
  })
  if (end === 0 && cause === undefined) return { out }
  return { failed: messages.split('\n')[0] || `git ended with ${end}`, messages, cause }
}

/** Does the command compare files of the worktree with git's, for which git runs filters? */
function comparesFiles([command, ...options]: readonly string[]): boolean {
  return command === 'status' || command === 'diff' || options.includes('--modified')
}

/** The settings of filters that the repository's own configuration defines, emptied. Those of the user, such as Git LFS, stay. */
async function repositoryFilters(workspace: Workspace): Promise<[name: string, value: string][]> {
  const query = [
    'config',
    '-z',
    '--show-scope',
    '--name-only',
    '--get-regexp',
    String.raw`^filter\.`,
  ]
  const parts = ((await git(workspace, query)) ?? '').split('\0')
  return parts.flatMap((name, at): [string, string][] => {
    if (at % 2 === 0 || !['local', 'worktree'].includes(parts[at - 1] ?? '')) return []
    return [[name, name.endsWith('.required') ? 'false' : '']]
  })
}
