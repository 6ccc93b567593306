import type { Flow, FlowStep } from '../../../plan/application.ts'
import { newCookies } from '../../../runner/cookies.ts'
import { notChecked, gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import type { App } from './app.ts'
import { fillIn } from './expectation.ts'
import { openFlowPage, pageStep, type FlowPage } from './flow-page.ts'
import { requestStep, type FlowState, type StepResult } from './flow-request.ts'

/**
 * Runs every flow from its first to its last step. Each flow has its own cookies, shared by its page and its requests.
 *
 * @param needed whether the workflow requires at least one flow
 */
export async function flowsGate(app: App, needed: boolean): Promise<Gate> {
  const { flows } = app.application
  if (flows.length === 0)
    return needed ? notChecked('flows', NO_FLOW) : notNeeded('flows', 'no user flow is defined')
  const checks: GateCheck[] = []
  const findings: string[] = []
  const missing = new Set<string>()
  let completed = 0
  for (const flow of flows) {
    const result = await runFlow(app, flow)
    checks.push(...result.checks)
    findings.push(...result.findings)
    if (result.missing !== undefined) missing.add(result.missing)
    if (result.findings.length === 0) completed += 1
  }
  const summary = `${completed} of ${flows.length} from beginning to end`
  const gate = gateOf('flows', summary, { checks, findings, secrets: app.secrets })
  const [absent] = missing
  // If only a browser was missing, the gate was not checked. It did not fail.
  if (absent === undefined || findings.length > missing.size) return gate
  return { ...notChecked('flows', absent), checks: gate.checks }
}

const NO_FLOW =
  'the workflow requires at least one user flow, but none is defined; define its steps, such as POST /things {"name": "x"} → 201'

interface FlowResult {
  checks: GateCheck[]
  findings: string[]
  /** What is missing for a browser, if the flow needed one. */
  missing?: string
}

/** Stops at the first step that fails: the later ones depend on it. */
async function runFlow(app: App, flow: Flow): Promise<FlowResult> {
  const state: FlowState = { cookies: newCookies(), values: {} }
  let last: FlowStep | undefined
  const checks: GateCheck[] = []
  let page: FlowPage | undefined
  app.context.call.note(`flow ${flow.name}`)
  try {
    for (const [at, step] of flow.steps.entries()) {
      if (isPageStep(step) && !page) {
        const opened = await openFlowPage(app)
        if ('missing' in opened)
          return { checks, findings: [finding(flow, at, opened.missing)], ...opened }
        page = opened
      }
      if (page && last && isPageStep(step) !== isPageStep(last))
        await shareCookies(state, page, step)
      last = step
      const { text, failure } = await runStep(app, state, page, step)
      checks.push({ group: flow.name, text, passed: failure === undefined })
      if (failure !== undefined)
        return { checks, findings: [finding(flow, at, `(${step.source}) ${failure}`)] }
    }
    return { checks, findings: [] }
  } finally {
    await page?.close(flow.name)
  }
}

function finding(flow: Flow, at: number, what: string): string {
  return `${flow.name}, step ${at + 1} of ${flow.steps.length} ${what}`
}

function isPageStep({ does }: FlowStep): boolean {
  return does !== 'request' && does !== 'unread'
}

/** Copies the cookies to the side that runs the next step: the page or the requests. */
async function shareCookies(
  { cookies }: FlowState,
  { page }: FlowPage,
  next: FlowStep,
): Promise<void> {
  if (isPageStep(next)) await page.setCookies(cookies.all())
  else cookies.replace(await page.cookies())
}

async function runStep(
  app: App,
  state: FlowState,
  page: FlowPage | undefined,
  step: FlowStep,
): Promise<StepResult> {
  if (step.does === 'unread') return { text: step.source, failure: NOT_A_STEP }
  if (step.does === 'request') return requestStep(app, state, step)
  const failure = await pageStep(app, page, step, text => fillIn(text, state.values))
  return { text: step.source, ...(failure !== undefined && { failure }) }
}

const NOT_A_STEP =
  'cannot be parsed as a step; write it as POST /path {"a": 1} → 201, goto /path, click "Save", fill "Name" with "Ada" or expect "text"'
