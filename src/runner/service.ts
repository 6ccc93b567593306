import { randomUUID } from 'node:crypto'
import { portsOfRun } from './ports.ts'
import { runProcess, type ProcessEnd, type RunRequest } from './run.ts'

/** A program that goes on until it is stopped. */
export interface Service {
  /** The last of what it printed, clean and redacted; a line that is not finished is not there yet. */
  printed(): string
  /** How it ended; `undefined` while it runs. */
  end(): ProcessEnd | undefined
  /** Ports that it listens on at this moment; Linux only. */
  ports(): number[]
  /** Ends its whole process tree and says how it ended, by itself or by this. */
  stop(): Promise<ProcessEnd>
}

export type ServiceRequest = Omit<RunRequest, 'timeoutMs' | 'onOutput' | 'run' | 'thorough'> & {
  /** The longest that it may run. */
  lifetimeMs: number
}

/** Starts a program. Whatever it does, nothing of it is left after `stop`. */
export function startService(request: ServiceRequest): Service {
  const { lifetimeMs, signal, ...rest } = request
  const run = randomUUID()
  const stopper = new AbortController()
  let printed = ''
  let end: ProcessEnd | undefined
  const live = async () => {
    end = await runProcess({
      ...rest,
      run,
      timeoutMs: lifetimeMs,
      graceMs: GRACE_MS,
      thorough: true,
      signal: signal ? AbortSignal.any([signal, stopper.signal]) : stopper.signal,
      onOutput: text => {
        printed = (printed + text).slice(-KEPT)
      },
    })
    return end
  }
  const ended = live()
  // A broken disk is told to whoever stops it.
  void ended.catch(() => {})
  return {
    printed: () => printed,
    end: () => end,
    ports: () => portsOfRun(run),
    stop() {
      stopper.abort()
      return ended
    },
  }
}

/** What a server may take to finish what it is at, and to close its files. */
const GRACE_MS = 3000
const KEPT = 64 * 1024
