import { performance } from 'node:perf_hooks'
import type { ServerContext } from '@modelcontextprotocol/server'
import { hashOf } from '../evidence/chain.ts'
import { joinLines } from '../tools/format.ts'
import type { AnyTool, PreparedCall, ToolResponse } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { Block, Refusal } from '../workflow/context/refusal.ts'
import { secondsSince } from './activity.ts'
import { ProgressNotifications } from './progress-notifications.ts'
import { RunningStep, type StepResult, type Subject } from './running-step.ts'

/** How long the next equal call can fetch a result that no call waited for. */
const RETENTION_MS = 10 * 60_000

/** A long tool, and the same call in the form that the client sent and in the validated form. */
export interface LongCall {
  tool: AnyTool
  /** The client's arguments, repeated to it while the step is still running. */
  input: Record<string, unknown>
  prepared: PreparedCall
}

/**
 * The long steps of this process. If a step takes longer than the client waits, the call is answered with `running` and the
 * step continues. An equal call joins it; no step is started twice at once. When the process ends, its steps end too: what
 * they proved by then is in the ledger.
 */
export class RunningSteps {
  readonly #steps = new Map<string, RunningStep>()
  readonly #stopping = new AbortController()

  /** Aborts when the server is stopped. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** Starts a step or joins the equal one. `request` is the call that waits; the step outlives it. */
  async answer(
    { tool, input, prepared }: LongCall,
    call: Call,
    request: ServerContext,
  ): Promise<ToolResponse> {
    const { feature: _named, ...rest } = prepared.arguments
    const { callTarget, mapErrors } = await import('../workflow/steps.ts')
    const { root, feature, answerMs } = await mapErrors(call, () => callTarget(call))
    const holder = call.holder.id
    const subject = { holder, root, feature, tool: tool.name, task: textOf(rest['task']) }
    const key = hashOf([holder, root, feature, tool.name, rest])
    const step = await this.#join(key, subject, part => prepared.run({ ...call, ...part }))
    const notifications = new ProgressNotifications(request, step.activity)
    const signal = AbortSignal.any([request.mcpReq.signal, this.#stopping.signal])
    const result = await step.wait(answerMs, signal)
    await notifications.end()
    request.mcpReq.signal.throwIfAborted()
    if (this.#stopping.signal.aborted) throw stopped(step)
    if (!result) return stillRunning(tool, step, input)
    const wasKept = this.#steps.get(key) === step
    if (wasKept) this.#steps.delete(key)
    return wasKept ? earlierResponse(result, step.endedAt) : responseOf(result)
  }

  /** Cancels every step. */
  close(): void {
    for (const step of this.#steps.values()) step.cancel()
  }

  /** Cancels every step, and answers the calls that wait for one. */
  stop(): void {
    this.#stopping.abort()
    this.close()
  }

  async #join(key: string, subject: Subject, work: Work): Promise<RunningStep> {
    const same = this.#steps.get(key)
    if (same && !same.isCancelled) return same
    const other = same ?? this.#otherOn(subject)
    if (!other) return this.#start(key, subject, work)
    if (!other.isCancelled) throw busy(other)
    // The cancelled step still runs. Two at once would change each other's files.
    await other.result
    return this.#join(key, subject, work)
  }

  /** Another step of the same holder on the same task that has not ended. */
  #otherOn({ holder, root, feature, task }: Subject): RunningStep | undefined {
    return [...this.#steps.values()].find(
      ({ subject, endedAt }) =>
        endedAt === undefined &&
        subject.holder === holder &&
        subject.root === root &&
        subject.feature === feature &&
        subject.task === task,
    )
  }

  #start(key: string, subject: Subject, work: Work): RunningStep {
    const step = new RunningStep(subject, work)
    this.#steps.set(key, step)
    void this.#removeAfterEnd(key, step)
    return step
  }

  async #removeAfterEnd(key: string, step: RunningStep): Promise<void> {
    await step.result
    if (step.isAwaited || step.isCancelled) this.#remove(key, step)
    else setTimeout(() => this.#remove(key, step), RETENTION_MS).unref()
  }

  #remove(key: string, step: RunningStep): void {
    if (this.#steps.get(key) === step) this.#steps.delete(key)
  }
}

type Work = ConstructorParameters<typeof RunningStep>[1]

/** The answer when a step takes longer than the client waits. */
function stillRunning(
  tool: AnyTool,
  step: RunningStep,
  input: Record<string, unknown>,
): ToolResponse {
  const { run, activity, startedAt, subject } = step
  const say = `Call ${tool.name} again with the same arguments: that call waits for this run and starts no other.`
  return {
    structured: {
      ...(subject.task !== undefined && { task: subject.task }),
      running: { run, elapsedMs: Math.round(performance.now() - startedAt) },
      doing: activity.phrase(),
      next: { tool: tool.name, arguments: input, say },
    },
    text: joinLines(
      `${describeSubject(subject)} is still running after ${secondsSince(startedAt)} (run ${run}). There is no result yet.`,
      activity.phrase(),
      `Next: ${say}`,
    ),
  }
}

function busy({ subject, startedAt, activity }: RunningStep): Refusal {
  return new Refusal(
    'conflict',
    `${describeSubject(subject)} has been running for ${secondsSince(startedAt)} (${activity.phrase() || 'just started'}), so nothing was started.`,
    `To get its result, call ${subject.tool} again with the arguments that started it.`,
  )
}

function stopped({ subject }: RunningStep): Refusal {
  return new Refusal(
    'server_stopped',
    `The server was stopped while ${describeSubject(subject)} was running. Its processes were ended and nothing was recorded.`,
    'When the server runs again, repeat the call.',
  )
}

function describeSubject({ tool, task }: Subject): string {
  return task === undefined ? tool : `${tool} for ${task}`
}

function responseOf(result: StepResult): ToolResponse {
  if ('response' in result) return result.response
  throw result.thrown
}

/** A result that no call waited for. The model must know that files may have changed since. */
function earlierResponse(result: StepResult, endedAt = performance.now()): ToolResponse {
  const note = `This run ended ${secondsSince(endedAt)} ago. It used the files as they were at that time.`
  if ('thrown' in result) {
    const { thrown } = result
    throw thrown instanceof Refusal
      ? new Refusal(thrown.code, new Block(`${thrown.message}\n${note}`))
      : thrown
  }
  const { structured, text } = result.response
  const endedAgoMs = Math.round(performance.now() - endedAt)
  return { structured: { ...structured, endedAgoMs }, text: joinLines(text, note) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
