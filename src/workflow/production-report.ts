import type { EventOf } from '../evidence/event.ts'

type SeenGate = EventOf<'validation'>['gates'][number]

/** What a validation saw of the application at work, for its report: start, endpoints, flows, traps; empty without any. */
export function productionReport({ gates, known = [] }: EventOf<'validation'>): string[] {
  const own = gates.filter(({ name }) => NAMES.includes(name))
  if (own.length === 0) return []
  const failed = own.filter(gate => !gate.passed)
  const verdict = failed.length === 0 ? '✅ Production Validation: PASS' : failedTitle(failed)
  const of = (name: string) => own.find(gate => gate.name === name)
  return [
    `### ${verdict}`,
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

/** What could not be looked at is no failure of the application, and no success. */
function failedTitle(failed: readonly SeenGate[]): string {
  const open = failed.every(({ verdict }) => verdict === 'not checked')
  return open ? '⚠ Production Validation: NOT CHECKED' : '❌ Production Validation: FAIL'
}

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
