import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Call } from '../workflow/context/call.ts'
import { Activity } from './activity.ts'

/** An answer in both forms. */
export interface StepAnswer {
  structured: Record<string, unknown>
  text: string
}

/** How a step ended: its answer, or whatever it threw. */
export type End = { answer: StepAnswer } | { thrown: unknown }

/** Whom a step is about: no two of them are at work on the same task at once. */
export interface Subject {
  root: string
  feature: string
  tool: string
  /** `undefined` for a step on the whole feature. */
  task: string | undefined
}

/** A step that goes on while the calls that wait for it come and go. */
export class StepUnderWay {
  /** What the caller may know it by: the name of its first run. */
  readonly run = randomBytes(6).toString('hex')
  readonly activity = new Activity()
  readonly subject: Subject
  readonly end: Promise<End>
  /** Moments of the process's own clock. */
  readonly began = performance.now()
  endedAt: number | undefined
  readonly #controller = new AbortController()
  #waiting = 0
  #isNamed = false

  constructor(subject: Subject, work: (call: CallOfStep) => Promise<StepAnswer>) {
    this.subject = subject
    this.end = this.#reachEnd(work)
  }

  get isCancelled(): boolean {
    return this.#controller.signal.aborted
  }

  /** Is there a call that gets the answer as soon as there is one? */
  get isAwaited(): boolean {
    return this.#waiting > 0
  }

  /** Ends its runs with their process trees. */
  cancel(): void {
    this.#controller.abort()
  }

  /**
   * The end, or `undefined` when it does not come within `ms`. When the caller takes the call back and nobody else waits,
   * the step is cancelled.
   */
  async wait(ms: number, signal: AbortSignal): Promise<End | undefined> {
    this.#waiting += 1
    const over = new AbortController()
    try {
      const later = new Promise<undefined>(resolve => {
        const timer = setTimeout(resolve, ms, undefined)
        over.signal.addEventListener('abort', () => clearTimeout(timer))
        signal.addEventListener('abort', () => resolve(undefined), { signal: over.signal })
        if (signal.aborted) resolve(undefined)
      })
      return await Promise.race([this.end, later])
    } finally {
      over.abort()
      this.#waiting -= 1
      if (signal.aborted && this.#waiting === 0) this.cancel()
    }
  }

  async #reachEnd(work: (call: CallOfStep) => Promise<StepAnswer>): Promise<End> {
    try {
      return { answer: await work(this.#call()) }
    } catch (thrown) {
      return { thrown }
    } finally {
      this.endedAt = performance.now()
    }
  }

  #call(): CallOfStep {
    const { note, noteTests } = this.activity
    return { signal: this.#controller.signal, note, noteTests, firstRun: () => this.#firstRun() }
  }

  #firstRun(): string | undefined {
    if (this.#isNamed) return undefined
    this.#isNamed = true
    return this.run
  }
}

/** What of a call belongs to the step and not to the request that began it. */
type CallOfStep = Pick<Call, 'signal' | 'note' | 'noteTests' | 'firstRun'>
