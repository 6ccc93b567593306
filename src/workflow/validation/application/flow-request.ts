import { captured, filledIn } from './expectation.ts'
import type { AppRequest, Expectation, FlowStep } from '../../../plan/application.ts'
import type { Cookies } from '../../../runner/cookies.ts'
import { sendRequest } from './request.ts'
import type { App } from './app.ts'

/** What a flow carries from step to step, on its page as in its requests. */
export interface FlowState {
  cookies: Cookies
  values: Record<string, string>
}

type RequestStep = FlowStep & { does: 'request' }

/** One request of a flow, with what was captured before; keeps what it is to capture. */
export async function requestStep(
  app: App,
  state: FlowState,
  step: RequestStep,
): Promise<{ told: string; wrong?: string }> {
  const request = requestWith(step.request, state.values)
  const expect = expectationWith(step.expect, state.values)
  const { told, wrong, answer } = await sendRequest(app, request, expect, state.cookies)
  if (wrong.length > 0 || !answer) return { told, wrong: wrong.join(', ') }
  const { values, missing } = captured(step.capture, answer)
  Object.assign(state.values, values)
  if (missing.length === 0) return { told }
  return { told, wrong: `has nothing to capture for ${missing.join(', ')}` }
}

function requestWith(request: AppRequest, values: Record<string, string>): AppRequest {
  const { path, headers, json, form } = request
  return {
    ...request,
    path: filledIn(path, encoded(values)),
    headers: filledRecord(headers, values),
    ...(json !== undefined && { json: filledJson(json, values) }),
    ...(form && { form: filledRecord(form, values) }),
  }
}

/** In a path a value is one part of it, whatever it contains. */
function encoded(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]),
  )
}

function filledRecord(texts: Record<string, string>, values: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, filledIn(text, values)]),
  )
}

function filledJson(json: unknown, values: Record<string, string>): unknown {
  if (typeof json === 'string') return filledIn(json, values)
  if (Array.isArray(json)) return json.map(one => filledJson(one, values))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, filledJson(value, values)]),
  )
}

function expectationWith(expect: Expectation, values: Record<string, string>): Expectation {
  return {
    ...expect,
    contains: expect.contains.map(text => filledIn(text, values)),
    json: expect.json.map(one =>
      'equals' in one ? { ...one, equals: filledJson(one.equals, values) } : one,
    ),
  }
}
