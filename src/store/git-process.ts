import { AsyncLocalStorage } from 'node:async_hooks'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { RUN_MARKER } from '../runner/environment.ts'
import { trackTree, untrackTree } from '../runner/live-runs.ts'
import { killTree, type ProcessTree } from '../runner/process-tree.ts'

/** Git neither read nor wrote anything for a long time, and was stopped. */
export class GitStalled extends Error {
  override name = 'GitStalled'

  constructor(shown: string, seconds: number) {
    super(`\`${shown}\` made no progress for ${seconds} s and was stopped.`)
  }
}

/** The longest time without progress, in milliseconds. Tests set a shorter one. */
export const gitLimit = { idleMs: 120_000 }

const cancellation = new AsyncLocalStorage<AbortSignal>()

/** Every git process that `work` starts ends when the signal aborts; `work` then gets the signal's reason as an error. */
export function cancellingGit<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return cancellation.run(signal, work)
}

/** The signal of the call that is running; `undefined` outside of a call. */
export function callSignal(): AbortSignal | undefined {
  return cancellation.getStore()
}

interface GitRequest {
  /** Program and arguments. */
  argv: [program: string, ...args: string[]]
  /** The command as a message names it. */
  shown: string
  cwd: string
  env: Record<string, string>
  input?: AsyncIterable<string | Uint8Array> | undefined
}

interface GitEnd {
  /** The exit code; a text if git was not started or was killed. */
  end: number | string
  out: Buffer
  messages: string
  /** The error that interrupted the input. */
  cause: unknown
}

/** Runs git to its end. It is killed with this process, if it stalls, and if the call is cancelled. */
export async function runGitProcess(request: GitRequest): Promise<GitEnd> {
  const signal = callSignal()
  signal?.throwIfAborted()
  const { argv, shown, cwd, env, input = nothing() } = request
  const run = randomUUID()
  const [program, ...args] = argv
  const child = spawn(program, args, {
    cwd,
    env: { ...env, [RUN_MARKER]: run },
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const tree = child.pid === undefined ? undefined : { pid: child.pid, run }
  const watch = new Watch(tree, signal)
  const out: Buffer[] = []
  const stderr: Buffer[] = []
  for (const [stream, chunks] of [
    [child.stdout, out],
    [child.stderr, stderr],
  ] as const)
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      watch.noteProgress()
    })
  const ended = new Promise<number | string>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', code => resolve(code ?? 'killed'))
  })
  // If git exits before it has read its input, its exit code has the reason. The input itself can fail too.
  const fed = pipeline(Readable.from(watch.observed(input)), child.stdin).then(
    () => undefined,
    (error: unknown) => (isBrokenPipe(error) ? undefined : error),
  )
  const [end, cause] = await Promise.all([ended, fed])
  watch.end()
  signal?.throwIfAborted()
  if (watch.hasStalled) throw new GitStalled(shown, gitLimit.idleMs / 1000)
  return { end, out: Buffer.concat(out), messages: Buffer.concat(stderr).toString('utf8'), cause }
}

/** Kills a process tree if it makes no progress, if its call is cancelled, and when this process ends. */
class Watch {
  hasStalled = false
  readonly #tree: ProcessTree | undefined
  readonly #signal: AbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  readonly #kill = () => {
    if (this.#tree) killTree(this.#tree)
  }

  constructor(tree: ProcessTree | undefined, signal: AbortSignal | undefined) {
    this.#tree = tree
    this.#signal = signal
    if (tree) trackTree(tree)
    signal?.addEventListener('abort', this.#kill)
    this.#timer = setTimeout(() => {
      this.hasStalled = true
      this.#kill()
    }, gitLimit.idleMs)
  }

  noteProgress(): void {
    this.#timer.refresh()
  }

  /** The same chunks; each that git takes is progress. */
  async *observed(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
    for await (const chunk of input) {
      this.noteProgress()
      yield chunk
    }
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#kill)
    if (this.#tree) untrackTree(this.#tree)
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
