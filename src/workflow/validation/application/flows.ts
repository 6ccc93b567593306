import { filledIn } from './expectation.ts'
import type { Flow, FlowStep } from '../../../plan/application.ts'
import { newCookies } from '../../../runner/cookies.ts'
import { notChecked, gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import { requestStep, type FlowState } from './flow-request.ts'
import { openFlowPage, pageStep, type FlowPage } from './flow-page.ts'
import type { App } from './app.ts'

/** Whole flows, each from its beginning to its end with captured values, and with a page and cookies of its own that requests share. */
export async function flowsGate(app: App, needed: boolean): Promise<Gate> {
  const { flows } = app.application
  if (flows.length === 0)
    return needed ? notChecked('flows', NONE) : notNeeded('flows', 'no user flow is named')
  const checks: GateCheck[] = []
  const findings: string[] = []
  const missing = new Set<string>()
  let whole = 0
  for (const flow of flows) {
    const seen = await walk(app, flow)
    checks.push(...seen.checks)
    findings.push(...seen.findings)
    if (seen.missing !== undefined) missing.add(seen.missing)
    if (seen.findings.length === 0) whole += 1
  }
  const summary = `${whole} of ${flows.length} from beginning to end`
  const gate = gateOf('flows', summary, { checks, findings, secrets: app.secrets })
  const [absent] = missing
  // Nothing else was wrong: then it is not a failure, and no success either.
  if (absent === undefined || findings.length > missing.size) return gate
  return { ...notChecked('flows', absent), checks: gate.checks }
}

const NONE =
  'its workflow asks for at least one user flow, and none is named; name its steps, such as POST /things {"name": "x"} → 201'

interface Walked {
  checks: GateCheck[]
  findings: string[]
  /** What the browser lacks, where one was needed. */
  missing?: string
}

/** Stops at the first step that does not do what it should: the rest would only say so again. */
async function walk(app: App, flow: Flow): Promise<Walked> {
  const state: FlowState = { cookies: newCookies(), values: {} }
  let last: FlowStep | undefined
  const checks: GateCheck[] = []
  let page: FlowPage | undefined
  app.context.call.note(`flow ${flow.name}`)
  try {
    for (const [at, step] of flow.steps.entries()) {
      if (isPageStep(step) && !page) {
        const opened = await openFlowPage(app)
        if ('missing' in opened) return { checks, ...failure(flow, at, opened.missing), ...opened }
        page = opened
      }
      if (page && last && isPageStep(step) !== isPageStep(last)) await handOver(state, page, step)
      last = step
      const { told, wrong } = await take(app, state, page, step)
      checks.push({ group: flow.name, text: told, passed: wrong === undefined })
      if (wrong !== undefined) return { checks, ...failure(flow, at, `(${step.source}) ${wrong}`) }
    }
    return { checks, findings: [] }
  } finally {
    await page?.leave(flow.name)
  }
}

function failure(flow: Flow, at: number, what: string): Pick<Walked, 'findings'> {
  return { findings: [`${flow.name}, step ${at + 1} of ${flow.steps.length} ${what}`] }
}

function isPageStep({ does }: FlowStep): boolean {
  return does !== 'request' && does !== 'unread'
}

/** One visit has one set of cookies: whoever comes next goes on with those of who was there before. */
async function handOver({ cookies }: FlowState, { page }: FlowPage, step: FlowStep): Promise<void> {
  if (isPageStep(step)) await page.setCookies(cookies.all())
  else cookies.replace(await page.cookies())
}

async function take(
  app: App,
  state: FlowState,
  page: FlowPage | undefined,
  step: FlowStep,
): Promise<{ told: string; wrong?: string }> {
  if (step.does === 'unread') return { told: step.source, wrong: UNREAD }
  if (step.does === 'request') return requestStep(app, state, step)
  const wrong = await pageStep(app, page, step, text => filledIn(text, state.values))
  return { told: step.source, ...(wrong !== undefined && { wrong }) }
}

const UNREAD =
  'is no step that can be carried out; write it as POST /path {"a": 1} → 201, goto /path, click "Save", fill "Name" with "Ada" or expect "text"'
