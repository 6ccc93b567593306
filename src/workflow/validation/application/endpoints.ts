import { formatRequest, type Endpoint } from '../../../plan/application.ts'
import { sendRequest } from './request.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import type { App } from './app.ts'

/** Every endpoint answers as plan or settings expect, and lets in the pages of other origins that may call it. */
export async function endpointsGate(app: App): Promise<Gate> {
  const { endpoints, callers } = app.application
  if (endpoints.length === 0) return notNeeded('endpoints', 'no endpoint is named')
  const checks: GateCheck[] = []
  const findings: string[] = []
  for (const endpoint of endpoints) {
    app.context.call.note(`calling ${formatRequest(endpoint.request)}`)
    const [origin] = callers
    const headers = { ...(origin !== undefined && { origin }), ...endpoint.request.headers }
    const { told, wrong, answer } = await sendRequest(
      app,
      { ...endpoint.request, headers },
      endpoint.expect,
    )
    const shut = answer && origin !== undefined ? shutOut(app, origin, answer.headers) : []
    const preflight = answer ? await preflights(app, endpoint) : []
    const all = [...wrong, ...shut, ...preflight]
    checks.push({ text: told, passed: all.length === 0 })
    findings.push(...all.map(one => `${formatRequest(endpoint.request)} ${one}`))
  }
  const met = checks.filter(({ passed }) => passed).length
  const summary = `${met} of ${checks.length} as expected`
  return gateOf('endpoints', summary, { checks, findings, secrets: app.secrets })
}

function shutOut(app: App, origin: string, headers: Record<string, string>): string[] {
  const allowed = headers['access-control-allow-origin']
  if (allowed === '*' || allowed === origin) return []
  const said = allowed === undefined ? 'is missing' : `is ${allowed}`
  const sign = `lets no page of ${origin} read its answer: Access-Control-Allow-Origin ${said}`
  app.signs.crossOrigin.push(sign)
  return [sign]
}

/** What a browser asks before it sends JSON or changes something from another origin. */
async function preflights(app: App, { request }: Endpoint): Promise<string[]> {
  const simple = ['GET', 'HEAD', 'POST'].includes(request.method) && request.json === undefined
  if (simple) return []
  const wrong: string[] = []
  for (const origin of app.application.callers) {
    const headers = {
      origin,
      'access-control-request-method': request.method,
      ...(request.json !== undefined && { 'access-control-request-headers': 'content-type' }),
    }
    const expect = { contains: [], json: [] }
    const asked = await sendRequest(app, { method: 'OPTIONS', path: request.path, headers }, expect)
    if (asked.answer) wrong.push(...shutOut(app, origin, asked.answer.headers))
  }
  return wrong
}
