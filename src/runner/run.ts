import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Options, ResultPromise } from 'execa'
import { childEnvironment } from './environment.ts'
import { forget, type Register, remember } from './live-runs.ts'
import { type RetainedOutput, Output } from './output.ts'
import { killNow, endTree, groupIsAlive, processesOf, type ProcessTree } from './process-tree.ts'

export interface RunRequest {
  /** Program and arguments; never a command line for a shell. */
  argv: string[]
  cwd: string
  /** Variables beside the allow-list. */
  env?: Record<string, string>
  timeoutMs: number
  /** Both streams together. */
  maxOutputBytes?: number
  signal?: AbortSignal | undefined
  /** Absolute path of the log of the whole (redacted) output. */
  log?: string | undefined
  /** Absolute paths of new files that get what the program writes, byte for byte. */
  capture?: { stdout: string; stderr: string } | undefined
  /** Keeps a record of the run that outlives us, so that whoever comes next can end what we could not. */
  register?: Register | undefined
  /** Called with clean, redacted whole lines as they arrive. */
  onOutput?: ((text: string) => void) | undefined
  /** Values that are never kept, beside those that look like secrets. */
  secrets?: readonly string[]
  /** The mark of its processes; a new one where it is absent. */
  run?: string
  /** How long the tree may take to end when it is asked to, before it is ended. */
  graceMs?: number
  /** Looks into all processes for some that are left, also when none seems to be. */
  thorough?: boolean
}

export interface ProcessEnd extends RetainedOutput {
  end: 'exited' | 'timed_out' | 'cancelled' | 'output_limit' | 'not_started'
  exitCode: number | null
  signal: string | null
  durationMs: number
  /** Why it did not start. */
  reason?: string
  /** It ended by itself and left processes behind, which were ended then. */
  left?: true
}

/**
 * Runs a program to the end of its whole process tree. What the program does (exits, hangs, floods, dies) is an
 * outcome; it throws only when our own log cannot be written.
 */
export async function runProcess(request: RunRequest): Promise<ProcessEnd> {
  const started = performance.now()
  const output = new Output(request.log, request.onOutput, request)
  try {
    const exit = await reachEnd(request, output)
    const kept = output.finish()
    if (output.fault !== undefined) throw output.fault
    return { ...exit, durationMs: Math.round(performance.now() - started), ...kept }
  } finally {
    output.finish()
  }
}

type Exit = Pick<ProcessEnd, 'end' | 'exitCode' | 'signal' | 'reason' | 'left'>
type Cause = 'timed_out' | 'cancelled' | 'output_limit'

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024
// A grandchild that holds the pipes would keep them open for ever.
const DRAIN_MS = 300
const LOST_MS = 2000

async function reachEnd(request: RunRequest, output: Output): Promise<Exit> {
  if (request.signal?.aborted) return { end: 'cancelled', exitCode: null, signal: null }
  const [program, ...args] = request.argv
  if (program === undefined) return notStarted('There is no program to run.')
  if (request.argv.some(text => text.includes('\0'))) return notStarted(NUL)
  if (!isFolder(request.cwd)) return notStarted(`The folder ${request.cwd} does not exist.`)
  const { execa } = await import('execa')
  const { run = randomUUID() } = request
  // Before the start: we may be killed between it and the next line.
  const entry = request.register?.(run)
  try {
    const child = execa(program, args, optionsOf(request, run))
    if (child.pid === undefined) return notStarted(whyNot(program, (await child).code))
    return await follow(child, { pid: child.pid, run }, request, output, entry)
  } finally {
    entry?.over()
  }
}

async function follow(
  child: Child,
  tree: ProcessTree,
  request: RunRequest,
  output: Output,
  entry: ReturnType<Register> | undefined,
): Promise<Exit> {
  remember(tree)
  try {
    entry?.started(tree.pid)
    return await watch(child, tree, request, output)
  } catch (error) {
    killNow(tree)
    throw error
  } finally {
    forget(tree)
  }
}

function optionsOf(request: RunRequest, run: string) {
  return {
    cwd: request.cwd,
    env: childEnvironment(process.env, request.env ?? {}, run),
    extendEnv: false,
    shell: false,
    preferLocal: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    windowsHide: true,
    detached: process.platform !== 'win32',
  } as const satisfies Options
}

type Child = ResultPromise<ReturnType<typeof optionsOf>>

async function watch(
  child: Child,
  tree: ProcessTree,
  request: RunRequest,
  output: Output,
): Promise<Exit> {
  const stopper = new Stopper(tree, request.graceMs)
  const timer = setTimeout(() => stopper.stop('timed_out'), request.timeoutMs)
  const onAbort = () => stopper.stop('cancelled')
  request.signal?.addEventListener('abort', onAbort)
  const limit = request.maxOutputBytes ?? MAX_OUTPUT_BYTES
  const onBytes = () => {
    if (output.bytes > limit || output.fault !== undefined) stopper.stop('output_limit')
  }
  const exited = once<[number | null, string | null]>(child, 'exit')
  const drained = [child.stdout, child.stderr].map(stream => {
    output.listen(stream, onBytes, stream === child.stdout ? 'stdout' : 'stderr')
    return once(stream, 'close')
  })
  const [exitCode, signal] = await Promise.race([exited, stopper.lost])
  clearTimeout(timer)
  request.signal?.removeEventListener('abort', onAbort)
  const quiet = await Promise.race([Promise.all(drained).then(() => true), wait(DRAIN_MS, false)])
  const left = await stopper.settle(quiet, request.thorough === true)
  return { end: stopper.cause ?? 'exited', exitCode, signal, ...(left && { left }) }
}

/** Ends the tree once, for the first reason that came up. */
class Stopper {
  cause: Cause | undefined
  /** Settles when even SIGKILL brought no exit: a process can hang inside the kernel. */
  lost: Promise<[null, null]>
  #tree: ProcessTree
  #graceMs: number | undefined
  #ending: Promise<void> | undefined
  #begin: () => void = () => {}

  constructor(tree: ProcessTree, graceMs: number | undefined) {
    this.#tree = tree
    this.#graceMs = graceMs
    const begun = new Promise<void>(resolve => {
      this.#begin = resolve
    })
    this.lost = begun.then(() => this.#ending).then(() => wait(LOST_MS, [null, null], UNREF))
  }

  stop(cause: Cause): void {
    if (this.cause !== undefined) return
    this.cause = cause
    this.#ending = endTree(this.#tree, this.#graceMs)
    this.#begin()
  }

  /**
   * Ends what a program that ended by itself has left, and says whether that was something. The looks into all
   * processes cost milliseconds, so they are spared when nothing can be left, unless they are asked for.
   */
  async settle(quiet: boolean, thorough: boolean): Promise<boolean> {
    const { pid, run } = this.#tree
    const left =
      this.#ending === undefined &&
      (!quiet || groupIsAlive(pid) || (thorough && processesOf(run).length > 0))
    if (left) this.#ending = endTree(this.#tree, this.#graceMs)
    await this.#ending
    return left
  }
}

const NUL = 'An argument holds a NUL character, which no program can be given.'
const UNREF = { ref: false }

function once<Values extends unknown[]>(
  emitter: NodeJS.EventEmitter,
  event: string,
): Promise<Values> {
  return new Promise(resolve => {
    emitter.once(event, (...values: Values) => resolve(values))
  })
}

function notStarted(reason: string): Exit {
  return { end: 'not_started', exitCode: null, signal: null, reason }
}

function whyNot(program: string, code: string | undefined): string {
  if (code === 'ENOENT') return `The program ${program} was not found.`
  if (code === 'EACCES') return `The program ${program} may not be run.`
  return `The program ${program} could not be started (${code ?? 'unknown cause'}).`
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}
