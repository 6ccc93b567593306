import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { childEnvironment } from '../environment.ts'
import { trackTree, untrackTree, type RegisterRun } from '../live-runs.ts'
import { killTree, type ProcessTree } from '../process-tree.ts'
import { channelOf, stdioFor, type Channel } from './channel.ts'
import { readReady, type StandbyReady, type StandbyRun } from './messages.ts'
import { whyNotPlain } from './plain-configuration.ts'
import { foldersOf, MAX_WAIT_MS, stampOfPlace, type StandbyCommand } from './standby-command.ts'
import type { StartedProcess } from './started-process.ts'
import { stampOfFiles, stampOfFolders, stampOfTree, type Stamp } from './stamps.ts'

/**
 * A test runner that was started and waits for the names of test files. Vitest has loaded its configuration then, and `node --test` nothing
 * of the project. It runs once and ends, so a run cannot influence another one. It ends by itself if the server is gone or if it waited too
 * long.
 */
export class Standby {
  /** Resolves when it waits for a run, or has ended. */
  readonly settled: Promise<void>
  /** Why no standby can serve this project, after `wait`. */
  unsuitable: string | undefined
  /** The stamp of the files around the package when it was started. */
  readonly before: string
  readonly #command: StandbyCommand
  readonly #child
  readonly #channel: Channel
  readonly #tree: ProcessTree
  readonly #started = Date.now()
  #ready: StandbyReady | undefined
  #after: string | undefined
  /** It has ended, or a run has it. */
  #hasEnded = false
  /** The record of it on disk, until a run has its own. */
  readonly #entry: ReturnType<RegisterRun> | undefined
  readonly #exited: StartedProcess['program']['exited']

  /**
   * @param register keeps a record of it on disk: a process that never gets to its next event cannot end by itself if the server is killed
   */
  constructor(
    command: StandbyCommand,
    register?: RegisterRun,
    { startMs, idleMs } = { startMs: MAX_START_MS, idleMs: MAX_WAIT_MS },
  ) {
    this.#command = command
    this.before = stampOfPlace(command)
    const [program = '', ...args] = command.argv
    const run = randomUUID()
    this.#entry = register?.(run, command.argv)
    this.#child = spawn(program, args, {
      cwd: command.cwd,
      env: childEnvironment(process.env, command, run),
      stdio: stdioFor(command.channel),
      windowsHide: true,
      detached: process.platform !== 'win32',
    })
    this.#tree = { pid: this.#child.pid ?? 0, run }
    this.#entry?.started(this.#tree.pid)
    this.#exited = new Promise(resolve => {
      this.#child.once('exit', (code, signal) => resolve([code, signal]))
      this.#child.on('error', () => resolve([null, null]))
    })
    this.#channel = channelOf(this.#child, command.channel)
    const isReady = this.#channel.first.then(message => this.#receive(message))
    const hasEnded = this.#exited.then(() => this.end())
    this.settled = Promise.race([isReady, hasEnded])
    const limit = setTimeout(() => {
      if (!this.#hasEnded) this.unsuitable ??= 'its start takes too long'
      this.end()
    }, startMs).unref()
    void this.settled.then(() => clearTimeout(limit))
    const idle = setTimeout(() => this.end(), idleMs).unref()
    void this.#exited.then(() => clearTimeout(idle))
    trackTree(this.#tree)
    this.#letServerEnd()
  }

  /** Is nothing changed since it was started, as far as it is known already? */
  get isFresh(): boolean {
    return (
      !this.#hasEnded &&
      stampOfPlace(this.#command) === this.before &&
      (this.#ready === undefined || this.#stampAfter()?.text === this.#after)
    )
  }

  /** Waits until it can get a run. Can it then run these numbers of files as a new process would? */
  async canRun(files: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<void>(resolve => {
      timer = setTimeout(resolve, READY_TIMEOUT_MS)
    })
    await Promise.race([this.settled, tooLong])
    clearTimeout(timer)
    return (
      this.#ready !== undefined &&
      this.unsuitable === undefined &&
      (files === 1 || this.#ready.isolates) &&
      this.isFresh
    )
  }

  /** Hands the process over to a run; `undefined` if it has ended. */
  start(run: StandbyRun): StartedProcess | undefined {
    const { stdout, stderr } = this.#child
    if (this.#hasEnded || !stdout || !stderr) return undefined
    // From here on, the run ends it.
    this.#hasEnded = true
    this.#child.ref()
    return {
      program: { stdout, stderr, exited: this.#exited },
      tree: this.#tree,
      begin: () => {
        this.#entry?.ended()
        this.#channel.send(run)
      },
    }
  }

  /** Kills it with everything that it started. */
  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
    killTree(this.#tree)
    untrackTree(this.#tree)
    this.#entry?.ended()
  }

  #receive(message: unknown): void {
    const ready = readReady(message)
    this.#ready = ready
    this.unsuitable = ready?.unsuitable ?? (ready && whyNotPlain(ready.configuration))
    const after = this.#stampAfter()
    if (!after) this.unsuitable ??= 'its folder of static files is too large'
    // What changed since the start may have been read before or after the change.
    if (after && after.newest > this.#started + 1) this.#ready = undefined
    this.#after = after?.text
  }

  #stampAfter(): Stamp | undefined {
    const { configuration = [], folders = [], publicFolder } = this.#ready ?? {}
    const known = new Set(foldersOf(this.#command))
    const stamps = [
      stampOfFiles(configuration),
      stampOfFolders(folders.filter(folder => !known.has(folder))),
      publicFolder === undefined ? stampOfFiles([]) : stampOfTree(publicFolder),
    ]
    const all = stamps.flatMap(stamp => stamp ?? [])
    if (all.length < stamps.length) return undefined
    return {
      text: all.map(({ text }) => text).join('\n'),
      newest: Math.max(...all.map(({ newest }) => newest)),
    }
  }

  /** A process that only waits must not keep the server alive. */
  #letServerEnd(): void {
    this.#child.unref()
    this.#channel.unref()
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
}

/** How long a run waits for it. */
const READY_TIMEOUT_MS = 10_000

/** A configuration that takes longer may never end. */
const MAX_START_MS = 30_000
