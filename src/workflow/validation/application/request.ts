import { STATUS_CODES } from 'node:http'
import { missedBy } from './expectation.ts'
import type { AppRequest, Expectation } from '../../../plan/application.ts'
import { toldRequest } from '../../../plan/application.ts'
import type { Cookies } from '../../../runner/cookies.ts'
import { addressWithin } from '../../../runner/origin.ts'
import { probe, type Answer } from '../../../runner/probe.ts'
import { endedWord, type Scene } from './app.ts'

/** What came of a request: a line for the report, and what is wrong with it. */
export interface Asked {
  told: string
  wrong: string[]
  answer?: Answer & { end: 'answered' }
}

/** Makes a request to the application and holds the answer against what is expected. */
export async function ask(
  scene: Scene,
  request: AppRequest,
  expect: Expectation,
  cookies?: Cookies,
): Promise<Asked> {
  const told = toldRequest(request)
  const ended = endedWord(scene)
  if (ended !== undefined) return { told, wrong: [`was not called: ${ended}`] }
  const url = addressWithin(scene.origins, request.path)
  if (!url) return { told, wrong: ['leads out of the application, so it was not called'] }
  const { body, headers } = bodyOf(request)
  const answer = await probe({
    url,
    method: request.method,
    headers: { ...headers, ...request.headers },
    body,
    origins: scene.origins,
    follow: !isRedirect(expect.status),
    cookies,
    selfSigned: scene.selfSigned,
    timeoutMs: scene.timeoutMs,
    signal: scene.desk.call.signal,
  })
  if (answer.end !== 'answered') return { told, wrong: [await whyNot(scene, answer)] }
  if (answer.status === 404 && expect.status !== 404) scene.signs.notFound.push(url.pathname)
  const wrong = missedBy(expect, answer)
  const kind = /html/.test(answer.headers['content-type'] ?? '') ? ' (HTML)' : ''
  const status = `${answer.status} ${STATUS_CODES[answer.status] ?? ''}`.trim()
  return { told: `${told} → ${status}${kind}`, wrong: withBody(wrong, answer), answer }
}

function isRedirect(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 400
}

function bodyOf({ json, form }: AppRequest): { body?: string; headers: Record<string, string> } {
  if (form) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { body: new URLSearchParams(form).toString(), headers }
  }
  if (json === undefined) return { headers: {} }
  return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
}

/** A connection that breaks is told with the end of the application, when that is why. */
async function whyNot(scene: Scene, answer: Answer & { fact: string }): Promise<string> {
  if (answer.end === 'broken_off' || answer.end === 'unreachable') {
    const until = performance.now() + ENDING_MS
    while (endedWord(scene) === undefined && performance.now() < until)
      await new Promise(resolve => setTimeout(resolve, 20))
  }
  const hint = answer.end === 'untrusted' ? '; a person may allow it with start.selfSigned' : ''
  const ended = endedWord(scene)
  return ended === undefined ? `${answer.fact}${hint}` : `${answer.fact}: ${ended}`
}

/** An exit is noticed a moment after the connection breaks. */
const ENDING_MS = 700

/** What an unexpected answer says is the first thing that one wants to know. */
function withBody(wrong: readonly string[], answer: { status: number; text: string }): string[] {
  const said = answer.text.trim()
  if (wrong.length === 0 || said === '') return [...wrong]
  return [`${wrong.join(', ')}; it says: ${said.slice(0, 200)}`]
}
