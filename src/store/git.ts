import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { Workspace } from './workspace.ts'

/** What git said: its output; or in one line why there is none, and all that it said. */
export type GitAnswer = { out: Buffer } | GitFailure

export interface GitFailure {
  failed: string
  said: string
  /** What broke the input. */
  cause?: unknown
}

/**
 * What git prints for a question, or `undefined` where it has no answer: no git, no repository. The repository's own
 * programs (fsmonitor, hooks, pager) are kept from running, and no variable of our environment reaches it.
 */
export async function git(
  workspace: Workspace,
  args: readonly string[],
): Promise<string | undefined> {
  const answer = await askGit(workspace, args)
  return 'out' in answer ? answer.out.toString('utf8') : undefined
}

/** As `git`, with what it reads on its input; its output stays bytes, and a failure says why. */
export async function askGit(
  workspace: Workspace,
  args: readonly string[],
  input: AsyncIterable<string | Uint8Array> = nothing(),
): Promise<GitAnswer> {
  const child = spawn('git', [...SAFE, ...args], { cwd: workspace.root, env: environment() })
  const out: Buffer[] = []
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const ended = new Promise<number | string>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', code => resolve(code ?? 'killed'))
  })
  // When git ends before it has read all, its exit code says why; what we feed it with may fail by itself.
  const fed = pipeline(Readable.from(input), child.stdin).then(
    () => undefined,
    (error: unknown) => (isBrokenPipe(error) ? undefined : error),
  )
  const [end, cause] = [await ended, await fed]
  if (end === 0 && cause === undefined) return { out: Buffer.concat(out) }
  const told = Buffer.concat(said).toString('utf8')
  return { failed: told.split('\n')[0] || `git ended with ${end}`, said: told, cause }
}

/** Nothing of the repository's own is run, and nothing but objects and our references is written. */
const SAFE = [
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.logAllRefUpdates=false'].flatMap(
    setting => ['-c', setting],
  ),
  '--no-pager',
]

function environment(): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env
  return { PATH, HOME, SystemRoot, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
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
