import type { EventOf } from '../../evidence/event.ts'

type RecordedGate = EventOf<'validation'>['gates'][number]

/** What a validation says about the running application. */
export type ProductionVerdict = NonNullable<RecordedGate['verdict']>

/** `pass` only if the application was started and every gate passed. A gate that could not be checked is not a failure. */
export function productionVerdict({
  gates,
}: Pick<EventOf<'validation'>, 'gates'>): ProductionVerdict {
  const own = gates.filter(({ name }) => PRODUCTION_GATES.includes(name))
  const failed = own.filter(gate => !gate.passed)
  if (failed.some(({ verdict }) => verdict !== 'not checked')) return 'fail'
  const start = own.find(({ name }) => name === 'start')
  return failed.length > 0 || !start ? 'not checked' : (start.verdict ?? 'pass')
}

/** The section of the report on the running application; an empty list if the validation has no such gates. */
export function productionReport(validation: EventOf<'validation'>): string[] {
  const { gates, known = [] } = validation
  const own = gates.filter(({ name }) => PRODUCTION_GATES.includes(name))
  if (own.length === 0) return []
  const gate = (name: string) => own.find(gate => gate.name === name)
  return [
    `### ${TITLES[productionVerdict(validation)]}`,
    ...gateLines('Server Start', gate('start')),
    ...gateLines('Health', gate('health')),
    ...gateLines('Endpoint Tests', gate('endpoints')),
    ...gateLines('Pages and Assets', gate('assets')),
    ...flowLines(gate('flows')),
    ...gateLines('Browser Console', gate('console')),
    ...gateLines('Framework Gotchas Checked', gate('gotchas')),
    ...known.flatMap(({ symptom, cause, cure }) => [
      '',
      `**Symptom:** ${symptom}`,
      `**Likely cause:** ${cause}`,
      `**Fix:** ${cure}`,
    ]),
    '',
  ]
}

const PRODUCTION_GATES = ['start', 'health', 'endpoints', 'assets', 'flows', 'console', 'gotchas']

const TITLES = {
  pass: '✅ Production Validation: PASS',
  fail: '❌ Production Validation: FAIL',
  'not needed': '⚪ Production Validation: NOT NEEDED',
  'not checked': '⚠ Production Validation: NOT CHECKED',
} satisfies Record<ProductionVerdict, string>

function gateLines(title: string, gate: RecordedGate | undefined): string[] {
  if (!gate) return []
  const { checks = [], findings, verdict, summary } = gate
  const reason = verdict === 'not needed' ? [`- not needed: ${summary ?? ''}`] : []
  return [
    '',
    `**${title}:**`,
    ...reason,
    ...checks.map(({ text, passed }) => `- ${text} ${passed ? '✓' : '✗'}`),
    ...findings.map(finding => `- ✗ ${finding}`),
  ]
}

/** The flows with their numbered steps. */
function flowLines(gate: RecordedGate | undefined): string[] {
  if (!gate?.checks?.length) return gateLines('User Flows', gate)
  const names = [...new Set(gate.checks.map(({ group = '' }) => group))]
  const flows = names.flatMap(name => {
    const steps = gate.checks?.filter(({ group = '' }) => group === name) ?? []
    const lines = steps.map(({ text, passed }, at) => `${at + 1}. ${text} ${passed ? '✓' : '✗'}`)
    return ['', `**User Flow: ${name}**`, ...lines]
  })
  return [...flows, ...gate.findings.map(finding => `- ✗ ${finding}`)]
}
