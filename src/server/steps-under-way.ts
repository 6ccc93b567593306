import { performance } from 'node:perf_hooks'
import type { ServerContext } from '@modelcontextprotocol/server'
import { hashOf } from '../evidence/chain.ts'
import { checkArguments } from '../tools/arguments.ts'
import type { AnyTool } from '../tools/tool.ts'
import { lines } from '../tools/words.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { callTarget } from '../workflow/context/call-target.ts'
import { secondsSince } from './activity.ts'
import { ProgressNotes } from './progress-notes.ts'
import { StepUnderWay, type StepAnswer, type End, type Subject } from './step-under-way.ts'

/** An end that nobody waited for is kept this long for the next equal call. */
const RETENTION_MS = 10 * 60_000

/**
 * The long steps of this process. A call that would take longer than its client waits is answered before, and its step
 * goes on; an equal call joins it, and none is ever begun twice at once. A process that ends takes them with it: what
 * they proved is in the ledger.
 */
export class StepsUnderWay {
  readonly #steps = new Map<string, StepUnderWay>()

  /** Takes a long step, or joins it. `request` is the call that waits; the step outlives it. */
  async answer(
    tool: AnyTool,
    call: Call,
    input: Record<string, unknown>,
    request: ServerContext,
  ): Promise<StepAnswer> {
    const asked = new Map(Object.entries(checkArguments(tool.name, tool.input, input)))
    asked.delete('feature')
    const { root, feature, answerMs } = await mapErrors(call, () => callTarget(call))
    const subject = { root, feature, tool: tool.name, task: textOf(asked.get('task')) }
    const key = hashOf([root, feature, tool.name, Object.fromEntries(asked)])
    const step = await this.#join(key, subject, part => tool.answer({ ...call, ...part }, input))
    const notes = new ProgressNotes(request, step.activity)
    const end = await step.wait(answerMs, request.mcpReq.signal)
    await notes.end()
    request.mcpReq.signal.throwIfAborted()
    if (!end) return goesOn(tool, step, input)
    const wasKept = this.#steps.get(key) === step
    if (wasKept) this.#steps.delete(key)
    return wasKept ? resultIsStale(end, step.endedAt) : told(end)
  }

  /** Ends them all: there is nobody left to tell. */
  close(): void {
    for (const step of this.#steps.values()) step.cancel()
  }

  async #join(key: string, subject: Subject, work: Work): Promise<StepUnderWay> {
    const same = this.#steps.get(key)
    if (same && !same.isCancelled) return same
    const other = same ?? this.#otherOn(subject)
    if (!other) return this.#begin(key, subject, work)
    if (!other.isCancelled) throw busy(other)
    // What was taken back is on its way out; two at once would run in each other's files.
    await other.end
    return this.#join(key, subject, work)
  }

  /** Another step on the same task, that has not ended. */
  #otherOn({ root, feature, task }: Subject): StepUnderWay | undefined {
    return [...this.#steps.values()].find(
      ({ subject, endedAt }) =>
        endedAt === undefined &&
        subject.root === root &&
        subject.feature === feature &&
        subject.task === task,
    )
  }

  #begin(key: string, subject: Subject, work: Work): StepUnderWay {
    const step = new StepUnderWay(subject, work)
    this.#steps.set(key, step)
    void this.#forgetInTime(key, step)
    return step
  }

  async #forgetInTime(key: string, step: StepUnderWay): Promise<void> {
    await step.end
    if (step.isAwaited || step.isCancelled) this.#forget(key, step)
    else setTimeout(() => this.#forget(key, step), RETENTION_MS).unref()
  }

  #forget(key: string, step: StepUnderWay): void {
    if (this.#steps.get(key) === step) this.#steps.delete(key)
  }
}

type Work = ConstructorParameters<typeof StepUnderWay>[1]

/** What a client hears when a step takes longer than it waits. */
function goesOn(tool: AnyTool, step: StepUnderWay, input: Record<string, unknown>): StepAnswer {
  const { run, activity, began, subject } = step
  const say = `Call ${tool.name} again with the same arguments: that call waits for this run and starts no other.`
  return {
    structured: {
      ...(subject.task !== undefined && { task: subject.task }),
      running: { run, elapsedMs: Math.round(performance.now() - began) },
      doing: activity.phrase(),
      next: { tool: tool.name, arguments: input, say },
    },
    text: lines(
      `${nameOf(subject)} has been running for ${secondsSince(began)} and goes on (run ${run}); nothing is decided yet.`,
      activity.phrase(),
      `Next: ${say}`,
    ),
  }
}

function busy({ subject, began, activity }: StepUnderWay): Refusal {
  return new Refusal(
    'conflict',
    `${nameOf(subject)} has been running for ${secondsSince(began)} (${activity.phrase() || 'just begun'}), so nothing was started.`,
    `To get its answer, call ${subject.tool} again with the arguments that it was begun with.`,
  )
}

function nameOf({ tool, task }: Subject): string {
  return task === undefined ? tool : `${tool} of ${task}`
}

function told(end: End): StepAnswer {
  if ('answer' in end) return end.answer
  throw end.thrown
}

/** An end that nobody waited for: files may have changed since, and a model has to know. */
function resultIsStale(end: End, endedAt = performance.now()): StepAnswer {
  const late = `This run ended ${secondsSince(endedAt)} ago and speaks of the files of then.`
  if ('thrown' in end) {
    const { thrown } = end
    throw thrown instanceof Refusal ? new Refusal(thrown.code, thrown.message, `\n${late}`) : thrown
  }
  const { structured, text } = end.answer
  const endedAgoMs = Math.round(performance.now() - endedAt)
  return { structured: { ...structured, endedAgoMs }, text: lines(text, late) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
