import { STATUS_CODES } from 'node:http'
import { missedBy } from './expectation.ts'
import type { AppRequest, Expectation } from '../../../plan/application.ts'
import { formatRequest } from '../../../plan/application.ts'
import type { Cookies } from '../../../runner/cookies.ts'
import { addressWithin } from '../../../runner/origin.ts'
import { probe, type HttpResponse } from '../../../runner/probe.ts'
import { endedReason, type App } from './app.ts'

/** What came of a request: a line for the report, and what is wrong with it. */
export interface RequestResult {
  told: string
  wrong: string[]
  answer?: HttpResponse & { end: 'answered' }
}

/** Makes a request to the application and holds the answer against what is expected. */
export async function sendRequest(
  app: App,
  request: AppRequest,
  expect: Expectation,
  cookies?: Cookies,
): Promise<RequestResult> {
  const told = formatRequest(request)
  const ended = endedReason(app)
  if (ended !== undefined) return { told, wrong: [`was not called: ${ended}`] }
  const url = addressWithin(app.origins, request.path)
  if (!url) return { told, wrong: ['leads out of the application, so it was not called'] }
  const { body, headers } = bodyOf(request)
  const answer = await probe({
    url,
    method: request.method,
    headers: { ...headers, ...request.headers },
    body,
    origins: app.origins,
    follow: !isRedirect(expect.status),
    cookies,
    selfSigned: app.selfSigned,
    timeoutMs: app.timeoutMs,
    signal: app.context.call.signal,
  })
  if (answer.end !== 'answered') return { told, wrong: [await whyNot(app, answer)] }
  if (answer.status === 404 && expect.status !== 404) app.signs.notFound.push(url.pathname)
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
async function whyNot(app: App, answer: HttpResponse & { fact: string }): Promise<string> {
  if (answer.end === 'broken_off' || answer.end === 'unreachable') {
    const until = performance.now() + ENDING_MS
    while (endedReason(app) === undefined && performance.now() < until)
      await new Promise(resolve => setTimeout(resolve, 20))
  }
  const hint = answer.end === 'untrusted' ? '; a person may allow it with start.selfSigned' : ''
  const ended = endedReason(app)
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
