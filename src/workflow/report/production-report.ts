import type { EventOf } from '../../evidence/event.ts'

type SeenGate = EventOf<'validation'>['gates'][number]

/** What a validation says of the application at work. */
export type ProductionVerdict = NonNullable<SeenGate['verdict']>

/** Only an application that was started, and did everything right, passes; what could not be looked at is no failure of it. */
export function productionVerdict({
  gates,
}: Pick<EventOf<'validation'>, 'gates'>): ProductionVerdict {
  const own = gates.filter(({ name }) => NAMES.includes(name))
  const failed = own.filter(gate => !gate.passed)
  if (failed.some(({ verdict }) => verdict !== 'not checked')) return 'fail'
  const start = own.find(({ name }) => name === 'start')
  return failed.length > 0 || !start ? 'not checked' : (start.verdict ?? 'pass')
}

/** What a validation saw of the application at work, for its report: start, endpoints, flows, traps; empty without any. */
export function productionReport(validation: EventOf<'validation'>): string[] {
  const { gates, known = [] } = validation
  const own = gates.filter(({ name }) => NAMES.includes(name))
  if (own.length === 0) return []
  const of = (name: string) => own.find(gate => gate.name === name)
  return [
    `### ${TITLES[productionVerdict(validation)]}`,
    ...section('Server Start', of('start'), bullet),
    ...section('Health', of('health'), bullet),
    ...section('Endpoint Tests', of('endpoints'), bullet),
    ...section('Pages and Assets', of('assets'), bullet),
    ...flows(of('flows')),
    ...section('Browser Console', of('console'), bullet),
    ...section('Framework Gotchas Checked', of('gotchas'), bullet),
    ...known.flatMap(({ symptom, cause, cure }) => [
      '',
      `**Symptom:** ${symptom}`,
      `**Likely cause:** ${cause}`,
      `**Cure:** ${cure}`,
    ]),
    '',
  ]
}

const NAMES = ['start', 'health', 'endpoints', 'assets', 'flows', 'console', 'gotchas']

const TITLES = {
  pass: '✅ Production Validation: PASS',
  fail: '❌ Production Validation: FAIL',
  'not needed': '⚪ Production Validation: NOT NEEDED',
  'not checked': '⚠ Production Validation: NOT CHECKED',
} satisfies Record<ProductionVerdict, string>

type Line = (check: NonNullable<SeenGate['checks']>[number], at: number) => string

function section(title: string, gate: SeenGate | undefined, line: Line): string[] {
  if (!gate) return []
  const { checks = [], findings, verdict, summary } = gate
  const said = verdict === 'not needed' ? [`- not needed: ${summary ?? ''}`] : []
  return ['', `**${title}:**`, ...said, ...checks.map(line), ...findings.map(one => `- ✗ ${one}`)]
}

function bullet({ text, passed }: { text: string; passed: boolean }): string {
  return `- ${text} ${passed ? '✓' : '✗'}`
}

/** Each flow with its steps, numbered as they were taken. */
function flows(gate: SeenGate | undefined): string[] {
  if (!gate?.checks?.length) return section('User Flows', gate, bullet)
  const names = [...new Set(gate.checks.map(({ group = '' }) => group))]
  const told = names.flatMap(name => {
    const steps = gate.checks?.filter(({ group = '' }) => group === name) ?? []
    const lines = steps.map(({ text, passed }, at) => `${at + 1}. ${text} ${passed ? '✓' : '✗'}`)
    return ['', `**User Flow: ${name}**`, ...lines]
  })
  return [...told, ...gate.findings.map(finding => `- ✗ ${finding}`)]
}
