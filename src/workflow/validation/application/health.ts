import { setTimeout as wait } from 'node:timers/promises'
import { sendRequest, type RequestResult } from './request.ts'
import { gateOf, notNeeded, type Gate } from '../gate.ts'
import type { App } from './app.ts'

/** The application says itself that it is well, at last when its time to get ready is over. */
export async function healthGate(app: App): Promise<Gate> {
  const { health } = app.application
  if (health === undefined) return notNeeded('health', 'no health endpoint is named')
  const asked = await askUntilWell(app, health)
  const passed = asked.wrong.length === 0
  const summary = passed ? asked.told : `${health} is not well`
  const checks = [{ text: asked.told, passed }]
  const findings = asked.wrong.map(wrong => `${health} ${wrong}`)
  return gateOf('health', summary, { checks, findings, secrets: app.secrets })
}

async function askUntilWell(app: App, path: string): Promise<RequestResult> {
  const request = { method: 'GET', path, headers: {} }
  const expect = { contains: [], json: [] }
  for (;;) {
    const asked = await sendRequest(app, request, expect)
    const warming = WARMING.includes(asked.answer?.status ?? 0)
    if (!warming || performance.now() > app.healthyBy || app.context.call.signal.aborted)
      return asked
    await wait(LOOK_EVERY_MS)
  }
}

/** What a server answers that is still at getting ready. */
const WARMING = [425, 429, 502, 503, 504]
const LOOK_EVERY_MS = 200
