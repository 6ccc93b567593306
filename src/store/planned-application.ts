import {
  formatRequest,
  type Application,
  type AppRequest,
  type Endpoint,
  type Expectation,
  type FlowStep,
  type StartCommand,
  type PageTarget,
} from '../plan/application.ts'
import type { ValidationSettings } from './validation-settings.ts'

/** The application that the settings and the plan describe. Each key of the settings overrides the plan. `false`: there is none. */
export function plannedApplication(
  settings: ValidationSettings | undefined,
  plan: Application | undefined,
): Application | false | undefined {
  if (settings?.start === false) return false
  if (!settings) return plan
  const start = startOf(settings, plan?.start)
  const health = settings.health ?? plan?.health
  const frontend = settings.frontend ?? plan?.frontend
  return {
    ...(start && { start }),
    ...(health !== undefined && { health }),
    ...(frontend !== undefined && { frontend }),
    endpoints: settings.endpoints?.map(endpointOf) ?? plan?.endpoints ?? [],
    flows:
      settings.flows?.map(({ name, steps }) => ({ name, steps: steps.map(stepOf) })) ??
      plan?.flows ??
      [],
    callers: settings.callers,
  }
}

type Settled = Exclude<ValidationSettings['start'], false>

/** If the settings have no command, they extend the plan's command. */
function startOf(
  settings: ValidationSettings,
  plan: StartCommand | undefined,
): StartCommand | undefined {
  const start: Settled | undefined = settings.start === false ? undefined : settings.start
  if (!start) return plan
  const { folder, url, readyLine, env, inherit, artifacts } = start
  const own = {
    ...plan,
    ...(folder !== undefined && { folder }),
    ...(url !== undefined && { url }),
    ...(readyLine !== undefined && { readyLine }),
    env: { ...plan?.env, ...env },
    inherit: [...(plan?.inherit ?? []), ...inherit],
    artifacts: artifacts.length > 0 ? artifacts : (plan?.artifacts ?? []),
  }
  return { command: '', ...own, ...(start.command !== undefined && { command: start.command }) }
}

type SettledEndpoint = NonNullable<ValidationSettings['endpoints']>[number]
type SettledStep = NonNullable<ValidationSettings['flows']>[number]['steps'][number]
type SettledExpectation = SettledEndpoint['expect']

function endpointOf({ status, expect, ...request }: SettledEndpoint): Endpoint {
  const wanted = expectationOf(expect)
  return {
    request: requestOf(request),
    expect: { ...wanted, ...(status !== undefined && wanted.status === undefined && { status }) },
  }
}

function requestOf(settled: {
  method: string
  path: string
  headers: Record<string, string>
  json?: unknown
  form?: Record<string, string> | undefined
}): AppRequest {
  const { method, path, headers, json, form } = settled
  return { method, path, headers, ...(json !== undefined && { json }), ...(form && { form }) }
}

function expectationOf({ status, contains = [], jsonPath = {} }: SettledExpectation): Expectation {
  return {
    ...(status !== undefined && { status }),
    contains: [contains].flat(),
    json:
      typeof jsonPath === 'string'
        ? [{ path: jsonPath }]
        : Object.entries(jsonPath).map(([path, equals]) => ({ path, equals })),
  }
}

function stepOf(step: SettledStep): FlowStep {
  if ('request' in step) {
    const request = requestOf(step.request)
    const { capture } = step
    const expect = expectationOf(step.expect)
    return { source: formatRequest(request), does: 'request', request, expect, capture }
  }
  switch (step.browser) {
    case 'goto':
      return { source: `goto ${step.path}`, does: 'goto', path: step.path }
    case 'click':
      return { source: `click ${formatTargetText(step)}`, does: 'click', target: targetOf(step) }
    case 'fill': {
      const { value } = step
      return {
        source: `fill ${formatTargetText(step)}`,
        does: 'fill',
        target: targetOf(step),
        value,
      }
    }
    case 'expectText': {
      const { text } = step
      const place = step.selector ?? step.label
      const source = `expect "${text}"`
      return { source, does: 'expectText', text, ...(place && { target: targetOf(step) }) }
    }
  }
}

interface Aim {
  selector?: string | undefined
  label?: string | undefined
}

function targetOf({ selector, label = '' }: Aim): PageTarget {
  return selector === undefined ? { label } : { selector }
}

function formatTargetText({ selector, label = '' }: Aim): string {
  return selector ?? `"${label}"`
}
