import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { ToolResponse } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { Activity } from './activity.ts'

/** How a step ended: its response, or what it threw. */
export type StepResult = { response: ToolResponse } | { thrown: unknown }

/** What a step works on. Two steps never run on the same task at once. */
export interface Subject {
  /** Id of the lease holder. Steps of others are judged by their leases. */
  holder: string
  root: string
  feature: string
  tool: string
  /** `undefined` if the step is about the whole feature. */
  task: string | undefined
}

/** A step that keeps running while calls start and stop waiting for it. */
export class RunningStep {
  /** Id of its first test run, by which the caller can refer to it. */
  readonly run = randomBytes(6).toString('hex')
  readonly activity = new Activity()
  readonly subject: Subject
  readonly result: Promise<StepResult>
  /** `performance.now()` values. */
  readonly startedAt = performance.now()
  endedAt: number | undefined
  readonly #controller = new AbortController()
  #waiting = 0
  #firstRunTaken = false

  constructor(subject: Subject, work: (call: StepCall) => Promise<ToolResponse>) {
    this.subject = subject
    this.result = this.#settle(work)
  }

  get isCancelled(): boolean {
    return this.#controller.signal.aborted
  }

  /** True while at least one call waits for the result. */
  get isAwaited(): boolean {
    return this.#waiting > 0
  }

  /** Ends its test runs with their process trees. */
  cancel(): void {
    this.#controller.abort()
  }

  /**
   * The result, or `undefined` if the step takes longer than `ms`. If `signal` aborts and no other call waits, the step is
   * cancelled.
   */
  async wait(ms: number, signal: AbortSignal): Promise<StepResult | undefined> {
    this.#waiting += 1
    const over = new AbortController()
    try {
      const later = new Promise<undefined>(resolve => {
        const timer = setTimeout(resolve, ms, undefined)
        over.signal.addEventListener('abort', () => clearTimeout(timer))
        signal.addEventListener('abort', () => resolve(undefined), { signal: over.signal })
        if (signal.aborted) resolve(undefined)
      })
      return await Promise.race([this.result, later])
    } finally {
      over.abort()
      this.#waiting -= 1
      if (signal.aborted && this.#waiting === 0) this.cancel()
    }
  }

  async #settle(work: (call: StepCall) => Promise<ToolResponse>): Promise<StepResult> {
    try {
      return { response: await work(this.#call()) }
    } catch (thrown) {
      return { thrown }
    } finally {
      this.endedAt = performance.now()
    }
  }

  #call(): StepCall {
    const { note, noteTests, noteWait } = this.activity
    return {
      signal: this.#controller.signal,
      note,
      noteTests,
      noteWait,
      firstRun: () => this.#takeFirstRun(),
    }
  }

  #takeFirstRun(): string | undefined {
    if (this.#firstRunTaken) return undefined
    this.#firstRunTaken = true
    return this.run
  }
}

/** The part of a call that belongs to the step, not to the request that started it. */
type StepCall = Pick<Call, 'signal' | 'note' | 'noteTests' | 'noteWait' | 'firstRun'>
