import { randomUUID } from 'node:crypto'
import { foreignListener, portsOfRun } from './ports.ts'
import { runProcess } from './run.ts'
import type { ProcessEnd, RunRequest } from './run-request.ts'

/** A program that runs until it is stopped. */
export interface Service {
  /** The last output of the program, cleaned and redacted. Contains whole lines only. */
  printed(): string
  /** How the program ended; `undefined` while it runs. */
  end(): ProcessEnd | undefined
  /** The ports on which the program currently listens. Linux only. */
  ports(): number[]
  /** The program that listens on a port, if this one certainly did not start it. Linux only. */
  foreignListener(port: number): string | undefined
  /** Ends the whole process tree and returns how the program ended. Rejects if its log could not be written. */
  stop(): Promise<ProcessEnd>
}

export type ServiceRequest = Omit<RunRequest, 'timeoutMs' | 'onOutput' | 'run' | 'thorough'> & {
  /** The program is stopped after this time. */
  lifetimeMs: number
}

/** Starts a program. After `stop`, no process of it is left. */
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
        printed = (printed + text).slice(-MAX_PRINTED)
      },
    })
    return end
  }
  const ended = live()
  // `stop` returns the same promise and so reports the error.
  void ended.catch(() => {})
  return {
    printed: () => printed,
    end: () => end,
    ports: () => portsOfRun(run),
    foreignListener: port => foreignListener(port, run),
    stop() {
      stopper.abort()
      return ended
    },
  }
}

/** How long a server may take to finish its requests and close its files. */
const GRACE_MS = 3000
const MAX_PRINTED = 64 * 1024
