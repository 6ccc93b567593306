import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { findProgram, pathOutside } from '../runner/program.ts'
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

/** Like `git`, with standard input, output as bytes, and the reason of a failure. */
export async function runGit(
  workspace: Workspace,
  args: readonly string[],
  input: AsyncIterable<string | Uint8Array> = nothing(),
): Promise<GitResult> {
  const program = findProgram('git', workspace.root)
  if (program === undefined) return { failed: 'git was not found in PATH', messages: '' }
  const child = spawn(program, [...SAFE, ...args], {
    cwd: workspace.root,
    env: environment(workspace),
  })
  const out: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const ended = new Promise<number | string>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', code => resolve(code ?? 'killed'))
  })
  // If git exits before it has read its input, its exit code has the reason. The input itself can fail too.
  const fed = pipeline(Readable.from(input), child.stdin).then(
    () => undefined,
    (error: unknown) => (isBrokenPipe(error) ? undefined : error),
  )
  const [end, cause] = [await ended, await fed]
  if (end === 0 && cause === undefined) return { out: Buffer.concat(out) }
  const messages = Buffer.concat(stderr).toString('utf8')
  return { failed: messages.split('\n')[0] || `git ended with ${end}`, messages, cause }
}

/** Options that keep git from running anything of the repository. Only objects and the server's references are written. */
const SAFE = [
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.logAllRefUpdates=false'].flatMap(
    setting => ['-c', setting],
  ),
  '--no-pager',
]

/** Git starts other programs itself, such as filters. */
function environment({ root }: Workspace): NodeJS.ProcessEnv {
  const { HOME = '', SystemRoot = '' } = process.env
  return {
    PATH: pathOutside(root),
    HOME,
    SystemRoot,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  }
}

async function* nothing(): AsyncGenerator<string> {}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CLOSED.has(String(error.code))
}

const CLOSED = new Set([
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
])
