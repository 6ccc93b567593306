import { setTimeout as wait } from 'node:timers/promises'
import { ask, type Asked } from './request.ts'
import { gateOf, notNeeded, type Gate } from '../gate.ts'
import type { Scene } from './app.ts'

/** The application says itself that it is well, at last when its time to get ready is over. */
export async function healthGate(scene: Scene): Promise<Gate> {
  const { health } = scene.application
  if (health === undefined) return notNeeded('health', 'no health endpoint is named')
  const asked = await askUntilWell(scene, health)
  const passed = asked.wrong.length === 0
  const summary = passed ? asked.told : `${health} is not well`
  const checks = [{ text: asked.told, passed }]
  const findings = asked.wrong.map(wrong => `${health} ${wrong}`)
  return gateOf('health', summary, { checks, findings, secrets: scene.secrets })
}

async function askUntilWell(scene: Scene, path: string): Promise<Asked> {
  const request = { method: 'GET', path, headers: {} }
  const expect = { contains: [], json: [] }
  for (;;) {
    const asked = await ask(scene, request, expect)
    const warming = WARMING.includes(asked.answer?.status ?? 0)
    if (!warming || performance.now() > scene.healthyBy || scene.desk.call.signal.aborted)
      return asked
    await wait(LOOK_EVERY_MS)
  }
}

/** What a server answers that is still at getting ready. */
const WARMING = [425, 429, 502, 503, 504]
const LOOK_EVERY_MS = 200
