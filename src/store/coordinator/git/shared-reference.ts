import { setTimeout as wait } from 'node:timers/promises'
import { readBlobs } from '../../git-objects.ts'
import { callSignal } from '../../git-process.ts'
import { runGit } from '../../git.ts'
import { parseJson } from '../../../plan/parse-json.ts'
import { StoreUnreachable } from '../coordinator.ts'
import { readClocks } from '../../leases/expiry.ts'
import { ClockComparison } from './clock-difference.ts'
import { failureReason, isLocked, isRejectedHere } from './failure-reason.ts'
import { readTip } from './read-tip.ts'
import { runRemoteGit, type Remote } from './remote-process.ts'
import type { Revision, SharedState } from './shared-state.ts'
import { writeCommit } from './write-commit.ts'

/**
 * The reference that holds the state of a project on a remote. Each change is a commit that follows the one it is based on. The remote
 * takes it only if the reference still has that value; so one push is one decision, and the reference only moves forward.
 */
export class SharedReference {
  readonly #remote: Remote
  readonly #name: string
  #known: Revision | undefined
  #running: Promise<unknown> = Promise.resolve()
  #next: Promise<Revision> | undefined
  #deciding: Promise<unknown> = Promise.resolve()
  readonly #clocks = new ClockComparison()
  readonly #asked = new WeakMap<AbortSignal, number>()

  constructor(remote: Remote, name: string) {
    this.#remote = remote
    this.#name = name
  }

  /** The latest revision that this process has seen. */
  get known(): Revision | undefined {
    return this.#known
  }

  /** Whether the call that is in progress has read or changed the reference a moment ago, so that `known` is enough for it. */
  get hasJustAsked(): boolean {
    const call = callSignal()
    const at = call && this.#asked.get(call)
    return at !== undefined && performance.now() - at < MOMENT_MS
  }

  /** The revision on the remote now. Calls that wait for an exchange to end share the next one. */
  async refresh(): Promise<Revision> {
    const isShared = this.#next !== undefined
    this.#next ??= this.#running.then(async () => {
      this.#next = undefined
      const fetched = this.#fetch()
      this.#running = fetched.catch(() => undefined)
      return fetched
    })
    try {
      const revision = await this.#next
      this.#noteAsked()
      return revision
    } catch (error) {
      // The call that started it was cancelled.
      if (isShared && !(error instanceof StoreUnreachable)) return this.refresh()
      throw error
    }
  }

  /** Runs one decision of this process after the other, so that they do not compete. */
  async inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#deciding.then(work)
    this.#deciding = result.catch(() => undefined)
    return result
  }

  /** Whether the remote took a change of this revision. Throws `StoreUnreachable` if it took none for another reason than a newer one. */
  async push(
    base: Revision,
    state: SharedState,
    files: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const commit = await writeCommit(this.#remote.workspace, base.commit, state, files)
    for (let attempt = 1; ; attempt += 1) {
      const result = await runRemoteGit(
        this.#remote,
        'push',
        ['--porcelain', `--force-with-lease=${this.#name}:${base.commit}`],
        [`${commit}:${this.#name}`],
      )
      if (result.isDone) return this.#took({ commit, state })
      if (isRejectedHere(result)) return false
      // The remote may have taken it before the connection ended.
      const now = await this.refresh()
      if (await this.#has(now.commit, commit)) return this.#took({ commit, state })
      if (now.commit !== base.commit) return false
      if (!isLocked(result) || attempt === ATTEMPTS)
        throw new StoreUnreachable(failureReason(result))
      await wait(Math.random() * PAUSE_MS * attempt)
    }
  }

  /** The contents of files of a revision, in order. */
  async readFiles({ commit }: Revision, paths: readonly string[]): Promise<unknown[]> {
    const found: unknown[] = []
    const entries = paths.map(path => ({ mode: '', object: `${commit}:${path}`, path }))
    await readBlobs(this.#remote.workspace, entries, (_entry, bytes) => {
      found.push(parseJson(bytes.toString('utf8')))
    })
    return found
  }

  #took(revision: Revision): true {
    this.#known = revision
    this.#noteAsked()
    return true
  }

  #noteAsked(): void {
    const call = callSignal()
    if (call) this.#asked.set(call, performance.now())
  }

  async #fetch(): Promise<Revision> {
    const folder = this.#name.slice(0, this.#name.lastIndexOf('/'))
    for (let attempt = 1; ; attempt += 1) {
      // A pattern, because a remote without the reference is an empty store.
      const result = await runRemoteGit(this.#remote, 'fetch', FETCH, [`+${folder}/*:${folder}/*`])
      if (result.isDone) break
      // Another server of this clone fetches too.
      if (!isLocked(result) || attempt === ATTEMPTS)
        throw new StoreUnreachable(failureReason(result))
      await wait(Math.random() * PAUSE_MS * attempt)
    }
    const revision = await readTip(this.#remote.workspace, this.#name, this.#known)
    this.#clocks.check(revision, readClocks())
    this.#known = revision
    return revision
  }

  async #has(tip: string, commit: string): Promise<boolean> {
    if (tip === '') return false
    const query = ['merge-base', '--is-ancestor', commit, tip]
    return tip === commit || 'out' in (await runGit(this.#remote.workspace, query))
  }
}

/** What the clone's own settings could add: other references, a part of the objects only. */
const FETCH = ['--no-write-fetch-head', '--prune', '--refmap=', '--no-filter']

const ATTEMPTS = 10
const MOMENT_MS = 500
const PAUSE_MS = 50
