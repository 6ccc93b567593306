import { STATUS_CODES } from 'node:http'
import { formatRequest, type AppRequest, type Expectation } from '../../../plan/application.ts'
import type { Cookies } from '../../../runner/cookies.ts'
import { addressWithin } from '../../../runner/origin.ts'
import { probe, type HttpResponse } from '../../../runner/probe.ts'
import { endedReason, type App } from './app.ts'
import { unmetBy } from './expectation.ts'

/** The result of a request. */
export interface RequestResult {
  /** The request and its status, such as `GET / → 200 OK`. */
  text: string
  /** What is wrong: phrases that complete a sentence that begins with the request. */
  failures: string[]
  answer?: HttpResponse & { end: 'answered' }
}

/** Sends a request to the application and compares the answer with the expectation. */
export async function sendRequest(
  app: App,
  request: AppRequest,
  expect: Expectation,
  cookies?: Cookies,
): Promise<RequestResult> {
  const text = formatRequest(request)
  const ended = endedReason(app)
  if (ended !== undefined) return { text, failures: [`was not requested: ${ended}`] }
  const url = addressWithin(app.origins, request.path)
  if (!url) return { text, failures: ['leads out of the application, so it was not requested'] }
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
  if (answer.end !== 'answered') return { text, failures: [await describeNoAnswer(app, answer)] }
  if (answer.status === 404 && expect.status !== 404) app.signs.notFound.push(url.pathname)
  const html = /html/.test(answer.headers['content-type'] ?? '') ? ' (HTML)' : ''
  const status = `${answer.status} ${STATUS_CODES[answer.status] ?? ''}`.trim()
  const failures = withBody(unmetBy(expect, answer), answer)
  return { text: `${text} → ${status}${html}`, failures, answer }
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

/** Why there was no answer. If the connection broke because the application ended, the reason says so. */
async function describeNoAnswer(
  app: App,
  { end, fact }: HttpResponse & { fact: string },
): Promise<string> {
  if (end === 'broken_off' || end === 'unreachable') {
    const until = performance.now() + EXIT_DELAY_MS
    while (endedReason(app) === undefined && performance.now() < until)
      await new Promise(resolve => setTimeout(resolve, 20))
  }
  const hint = end === 'untrusted' ? '; a human can allow it with start.selfSigned' : ''
  const ended = endedReason(app)
  return ended === undefined ? `${fact}${hint}` : `${fact}: ${ended}`
}

/** The exit of a process is noticed a moment after its connections break. */
const EXIT_DELAY_MS = 700

/** Appends the beginning of an unexpected body: it often has the error message. */
function withBody(failures: readonly string[], answer: { text: string }): string[] {
  const body = answer.text.trim()
  if (failures.length === 0 || body === '') return [...failures]
  return [`${failures.join(', ')}; body: ${body.slice(0, 200)}`]
}
