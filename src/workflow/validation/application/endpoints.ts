import { formatRequest, type Endpoint } from '../../../plan/application.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import type { App } from './app.ts'
import { sendRequest } from './request.ts'

/** Checks that every endpoint answers as expected, and that pages of the configured other origins may call it. */
export async function endpointsGate(app: App): Promise<Gate> {
  const { endpoints, callers } = app.application
  if (endpoints.length === 0) return notNeeded('endpoints', 'no endpoint is defined')
  const checks: GateCheck[] = []
  const findings: string[] = []
  for (const endpoint of endpoints) {
    app.context.call.note(`calling ${formatRequest(endpoint.request)}`)
    const [origin] = callers
    const headers = { ...(origin !== undefined && { origin }), ...endpoint.request.headers }
    const { text, failures, answer } = await sendRequest(
      app,
      { ...endpoint.request, headers },
      endpoint.expect,
    )
    const cors = answer && origin !== undefined ? corsFailures(app, origin, answer.headers) : []
    const preflight = answer ? await preflightFailures(app, endpoint) : []
    const all = [...failures, ...cors, ...preflight]
    checks.push({ text, passed: all.length === 0 })
    findings.push(...all.map(failure => `${formatRequest(endpoint.request)} ${failure}`))
  }
  const met = checks.filter(({ passed }) => passed).length
  const summary = `${met} of ${checks.length} as expected`
  return gateOf('endpoints', summary, { checks, findings, secrets: app.secrets })
}

function corsFailures(app: App, origin: string, headers: Record<string, string>): string[] {
  const allowed = headers['access-control-allow-origin']
  if (allowed === '*' || allowed === origin) return []
  const state = allowed === undefined ? 'is missing' : `is ${allowed}`
  const failure = `lets no page of ${origin} read its answer: Access-Control-Allow-Origin ${state}`
  app.signs.crossOrigin.push(failure)
  return [failure]
}

/** A browser sends a preflight request before a page of another origin may send JSON or use a method such as DELETE. */
async function preflightFailures(app: App, { request }: Endpoint): Promise<string[]> {
  const isSimple = ['GET', 'HEAD', 'POST'].includes(request.method) && request.json === undefined
  if (isSimple) return []
  const failures: string[] = []
  for (const origin of app.application.callers) {
    const headers = {
      origin,
      'access-control-request-method': request.method,
      ...(request.json !== undefined && { 'access-control-request-headers': 'content-type' }),
    }
    const preflight = { method: 'OPTIONS', path: request.path, headers }
    const { answer } = await sendRequest(app, preflight, { contains: [], json: [] })
    if (answer) failures.push(...corsFailures(app, origin, answer.headers))
  }
  return failures
}
