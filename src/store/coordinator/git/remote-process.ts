import { findProgram, pathOutside } from '../../../runner/program.ts'
import { bareRepositoryAround } from '../../git-folder.ts'
import { callSignal, cancellingGit, GitStalled, runGitProcess } from '../../git-process.ts'
import { configurationEnvironment, NO_LAZY_FETCH, safeRemoteArguments } from '../../git-safety.ts'
import type { Workspace } from '../../workspace.ts'
import { StoreUnreachable } from '../coordinator.ts'
import { remoteSettings, type RemoteSettings } from './remote-settings.ts'

/** A remote, as seen from a clone. */
export interface Remote {
  workspace: Workspace
  /** Its name in the clone's configuration, or its URL. */
  name: string
  /** How long one exchange with it may take. */
  limitMs: number
}

/** How a git that connects to a remote has ended. If it was not done, the remote may have taken the change in spite of that. */
export interface RemoteResult {
  isDone: boolean
  /** What it printed, or why it was stopped, for `failureReason`. */
  printed: string
  /** Settings that were not used, see `remoteSettings`. */
  ignored: readonly string[]
}

/**
 * Runs `fetch` or `push`. Git may use the user's agent and credentials, but asks nobody for them and starts no program that the
 * repository names. Throws `StoreUnreachable` if it cannot be started.
 */
export async function runRemoteGit(
  { workspace, name, limitMs }: Remote,
  command: 'fetch' | 'push',
  options: readonly string[],
  references: readonly string[],
): Promise<RemoteResult> {
  const program = findProgram('git', workspace.root)
  if (program === undefined) throw new StoreUnreachable('git was not found in PATH')
  const bare = bareRepositoryAround(workspace.root)
  if (bare !== undefined) throw new StoreUnreachable(`${bare} is a bare git repository`)
  const { ignored, ...settings } = await remoteSettings(workspace, name)
  const call = callSignal()
  const limit = AbortSignal.timeout(limitMs)
  try {
    const { end, out, messages } = await cancellingGit(
      call ? AbortSignal.any([call, limit]) : limit,
      () =>
        runGitProcess({
          argv: [program, ...safeRemoteArguments(command), ...options, '--', name, ...references],
          shown: `git ${command}`,
          cwd: workspace.root,
          env: remoteEnvironment(workspace, settings),
        }),
    )
    if (typeof end === 'string') throw new StoreUnreachable(`git was not started: ${end}`)
    return { isDone: end === 0, printed: `${out.toString('utf8')}\n${messages}`, ignored }
  } catch (error) {
    if (call?.aborted !== true && (limit.aborted || error instanceof GitStalled))
      return {
        isDone: false,
        printed: `the remote did not answer within ${limitMs / 1000} s`,
        ignored,
      }
    throw error
  }
}

/** The user's own environment, without what belongs to another repository or prints the exchange. */
function remoteEnvironment(
  { root }: Workspace,
  { overrides, programs }: Pick<RemoteSettings, 'overrides' | 'programs'>,
): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined || NOT_FOR_REMOTES.test(name) ? [] : [[name, value]],
  )
  const { GIT_SSH_COMMAND: ssh, ...others } = programs
  return {
    ...others,
    // The variable that is set would hide the other one.
    ...(process.env['GIT_SSH'] === undefined && ssh !== undefined && { GIT_SSH_COMMAND: ssh }),
    ...Object.fromEntries(own),
    ...NO_LAZY_FETCH,
    ...configurationEnvironment(overrides, Number(process.env['GIT_CONFIG_COUNT'] ?? 0)),
    PATH: pathOutside(root),
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  }
}

const NOT_FOR_REMOTES =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|TRACE.*|CURL_VERBOSE|FLUSH|REDIRECT_.*)$/
