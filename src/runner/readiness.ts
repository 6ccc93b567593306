import { setTimeout as wait } from 'node:timers/promises'
import { localOrigin, portOf } from './origin.ts'
import { isTaken } from './ports.ts'
import type { Service } from './service.ts'

export interface ReadinessRequest {
  /** Where it is expected; with none, it is found by what it listens on or prints. */
  origins: readonly string[]
  /** The port that it was told to take. */
  port: number
  /** Text of the line that says that it is ready. */
  line?: string | undefined
  withinMs: number
  signal?: AbortSignal | undefined
}

export type ServiceReadiness =
  | { ready: true; origins: string[]; afterMs: number }
  /** `waitedFor` completes "It …". */
  | { ready: false; ended: boolean; waitedFor: string; afterMs: number }

/** Waits until a started program says that it is ready and can be spoken to, until it ends, or until the time is over. */
export async function waitUntilReady(
  service: Service,
  request: ReadinessRequest,
): Promise<ServiceReadiness> {
  const begun = performance.now()
  const spent = () => Math.round(performance.now() - begun)
  for (;;) {
    const missing = await missingFor(service, request)
    if (service.end()) return { ready: false, ended: true, waitedFor: 'ended', afterMs: spent() }
    if (Array.isArray(missing)) return { ready: true, origins: missing, afterMs: spent() }
    if (spent() > request.withinMs || request.signal?.aborted === true)
      return { ready: false, ended: false, waitedFor: missing, afterMs: spent() }
    await wait(LOOK_EVERY_MS)
  }
}

const LOOK_EVERY_MS = 50

/** Its origins, or what it has not done yet. */
async function missingFor(service: Service, request: ReadinessRequest): Promise<string[] | string> {
  const { line, origins } = request
  if (line !== undefined && !service.printed().includes(line))
    return `did not print ${JSON.stringify(line)}`
  const places = origins.length > 0 ? origins : found(service, request.port)
  if (places.length === 0) return `did not listen on port ${request.port}`
  const open = await Promise.all(places.map(origin => isTaken(portOf(new URL(origin)))))
  const closed = places.find((_, at) => open[at] !== true)
  return closed === undefined ? [...places] : `did not listen on ${closed}`
}

/** A program that takes a port of its own choice is found by what it listens on, else by the address that it prints. */
function found(service: Service, told: number): string[] {
  const printed = service.printed()
  const addresses = [...printed.matchAll(ADDRESS)].flatMap(([text]) => localOrigin(text) ?? [])
  const ports = service.ports()
  const own = `http://localhost:${told}`
  if (ports.length === 0 && process.platform === 'linux') return []
  if (ports.includes(told)) return [addresses.find(at => portOf(new URL(at)) === told) ?? own]
  const named = addresses.find(
    origin => ports.length === 0 || ports.includes(portOf(new URL(origin))),
  )
  if (named !== undefined) return [named]
  const [first] = ports
  return first === undefined ? [own] : [`http://localhost:${first}`]
}

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::\d{1,5})?/gi
