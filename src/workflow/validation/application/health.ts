import { setTimeout as wait } from 'node:timers/promises'
import { gateOf, notNeeded, type Gate } from '../gate.ts'
import type { App } from './app.ts'
import { sendRequest, type RequestResult } from './request.ts'

/** Checks that the health endpoint answers with success before the time to get ready is over. */
export async function healthGate(app: App): Promise<Gate> {
  const { health } = app.application
  if (health === undefined) return notNeeded('health', 'no health endpoint is defined')
  const { text, failures } = await askUntilHealthy(app, health)
  const passed = failures.length === 0
  const summary = passed ? text : `${health} is not healthy`
  const checks = [{ text, passed }]
  const findings = failures.map(failure => `${health} ${failure}`)
  return gateOf('health', summary, { checks, findings, secrets: app.secrets })
}

async function askUntilHealthy(app: App, path: string): Promise<RequestResult> {
  const request = { method: 'GET', path, headers: {} }
  const expect = { contains: [], json: [] }
  for (;;) {
    const result = await sendRequest(app, request, expect)
    const isStarting = STARTING_STATUSES.includes(result.answer?.status ?? 0)
    if (!isStarting || performance.now() > app.healthyBy || app.context.call.signal.aborted)
      return result
    await wait(POLL_INTERVAL_MS)
  }
}

/** The statuses of a server that is still starting. */
const STARTING_STATUSES = [425, 429, 502, 503, 504]
const POLL_INTERVAL_MS = 200
