import type { AppRequest, Expectation, FlowStep } from '../../../plan/application.ts'
import type { Cookies } from '../../../runner/cookies.ts'
import type { App } from './app.ts'
import { captureValues, fillIn } from './expectation.ts'
import { sendRequest } from './request.ts'

/** What the steps of a flow share. */
export interface FlowState {
  cookies: Cookies
  /** Captured values by name. */
  values: Record<string, string>
}

/** The result of a step: its text for the report, and what failed. */
export interface StepResult {
  text: string
  failure?: string
}

type RequestStep = FlowStep & { does: 'request' }

/** Sends the request of a step, filled in with captured values, and captures the values that the step names. */
export async function requestStep(
  app: App,
  state: FlowState,
  step: RequestStep,
): Promise<StepResult> {
  const request = fillRequest(step.request, state.values)
  const expect = fillExpectation(step.expect, state.values)
  const { text, failures, answer } = await sendRequest(app, request, expect, state.cookies)
  if (failures.length > 0 || !answer) return { text, failure: failures.join(', ') }
  const { values, missing } = captureValues(step.capture, answer)
  Object.assign(state.values, values)
  if (missing.length === 0) return { text }
  return { text, failure: `has nothing to capture for ${missing.join(', ')}` }
}

function fillRequest(request: AppRequest, values: Record<string, string>): AppRequest {
  const { path, headers, json, form } = request
  return {
    ...request,
    path: fillIn(path, encodeValues(values)),
    headers: fillTexts(headers, values),
    ...(json !== undefined && { json: fillJson(json, values) }),
    ...(form && { form: fillTexts(form, values) }),
  }
}

/** In a path, a value is a single segment, whatever it contains. */
function encodeValues(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]),
  )
}

function fillTexts(texts: Record<string, string>, values: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillIn(text, values)]),
  )
}

function fillJson(json: unknown, values: Record<string, string>): unknown {
  if (typeof json === 'string') return fillIn(json, values)
  if (Array.isArray(json)) return json.map(item => fillJson(item, values))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, fillJson(value, values)]),
  )
}

function fillExpectation(expect: Expectation, values: Record<string, string>): Expectation {
  return {
    ...expect,
    contains: expect.contains.map(text => fillIn(text, values)),
    json: expect.json.map(value =>
      'equals' in value ? { ...value, equals: fillJson(value.equals, values) } : value,
    ),
  }
}
