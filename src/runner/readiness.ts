import { setTimeout as wait } from 'node:timers/promises'
import { localOrigin, portOf } from './origin.ts'
import { isPortTaken } from './ports.ts'
import type { Service } from './service.ts'

export interface ReadinessRequest {
  /** Origins at which the program is expected. If empty, they are found by the ports it listens on or the addresses it prints. */
  origins: readonly string[]
  /** The port that was given to the program in `PORT`. */
  port: number
  /** Text that the program prints when it is ready. */
  line?: string | undefined
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export type ServiceReadiness =
  | { ready: true; origins: string[]; afterMs: number }
  /** `waitedFor` completes a sentence that begins with "It". */
  | { ready: false; ended: boolean; waitedFor: string; afterMs: number }

/** Waits until a started program has printed its ready line and accepts connections, until it ends, or until the time limit. */
export async function waitUntilReady(
  service: Service,
  request: ReadinessRequest,
): Promise<ServiceReadiness> {
  const started = performance.now()
  const elapsed = () => Math.round(performance.now() - started)
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    const state = await originsOrMissing(service, request)
    if (service.end()) return { ready: false, ended: true, waitedFor: 'ended', afterMs: elapsed() }
    if (Array.isArray(state)) return { ready: true, origins: state, afterMs: elapsed() }
    if (elapsed() > request.timeoutMs || request.signal?.aborted === true)
      return { ready: false, ended: false, waitedFor: state, afterMs: elapsed() }
    await wait(pause)
  }
}

// The pause grows, because each check takes milliseconds itself.
const FIRST_PAUSE_MS = 5
const MAX_PAUSE_MS = 50

/** The origins of the program, or a phrase for what it has not done yet. */
async function originsOrMissing(
  service: Service,
  request: ReadinessRequest,
): Promise<string[] | string> {
  const { line, origins } = request
  if (line !== undefined && !service.printed().includes(line))
    return `did not print ${JSON.stringify(line)}`
  const expected = origins.length > 0 ? origins : findOrigins(service, request.port)
  if (expected.length === 0) return `did not listen on port ${request.port}`
  const open = await Promise.all(expected.map(origin => isPortTaken(portOf(new URL(origin)))))
  const closed = expected.find((_, at) => open[at] !== true)
  if (closed !== undefined) return `did not listen on ${closed}`
  // Its port was free when it was started, but another program may have taken it since.
  for (const origin of expected) {
    const other = service.foreignListener(portOf(new URL(origin)))
    if (other !== undefined)
      return `did not listen on ${origin} itself (${other} does, and it did not start that)`
  }
  return [...expected]
}

/** A program that ignores the given port is found by the ports that it listens on, or else by the address that it prints. */
function findOrigins(service: Service, givenPort: number): string[] {
  const printed = [...service.printed().matchAll(ADDRESS)].flatMap(
    ([text]) => localOrigin(text) ?? [],
  )
  const ports = service.ports()
  const given = `http://localhost:${givenPort}`
  if (ports.length === 0 && process.platform === 'linux') return []
  if (ports.includes(givenPort))
    return [printed.find(origin => portOf(new URL(origin)) === givenPort) ?? given]
  const own = printed.find(origin => ports.length === 0 || ports.includes(portOf(new URL(origin))))
  if (own !== undefined) return [own]
  const [first] = ports
  return first === undefined ? [given] : [`http://localhost:${first}`]
}

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::\d{1,5})?/gi
