import type { EventOf } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Progress } from '../../plan/progress.ts'
import type { Context } from '../context/context.ts'
import { codeBlock } from '../../runner/safe-text.ts'
import { productionReport, productionVerdict, type ProductionVerdict } from './production-report.ts'

/** The final report in the form of a workflow whose plan has a status of its own; `undefined` for other workflows. */
export function planReport(
  context: Context,
  { done, total }: Progress,
  validation: EventOf<'validation'> | undefined,
): string[] | undefined {
  const status = context.dialect.planStatus?.(context.reader, context.plan)
  if (status === undefined || !validation) return undefined
  const production = productionReport(validation)
  const passed = validation.gates.find(({ name }) => name === 'tests')?.passed
  return [
    '## Implementation Complete',
    '',
    ...gateSection('Unit Tests', 'tests', validation),
    ...gateSection('Type Check', 'types', validation),
    ...gateSection('Linter', 'lint', validation),
    ...(production.length > 0 ? production : ['### ⚪ Production Validation: not checked', '']),
    '### 📋 Plan Status',
    `- Tasks completed: ${done}/${total}`,
    `- All tests passing: ${passed ? '✓' : '✗'}`,
    `- Production validated: ${PRODUCTION[productionVerdict(validation)]}`,
    `- Status: ${status}`,
  ]
}

function gateSection(title: string, name: string, validation: EventOf<'validation'>): string[] {
  const gate = validation.gates.find(gate => gate.name === name)
  if (!gate) return [`### ⚪ ${title}: not checked`, '']
  const run = name === 'tests' ? validation.run : gate.run
  return [
    `### ${gate.passed ? '✅' : '❌'} ${title}: ${gate.passed ? 'PASS' : 'FAIL'}`,
    ...(run ? runLines(run) : []),
    ...gate.findings.map(finding => `- ${finding}`),
    '',
  ]
}

function runLines({ command, exitCode, output }: RunRecord): string[] {
  const ending = `\`${command.join(' ')}\` ended with exit code ${exitCode}`
  return output.trim() === ''
    ? [`${ending} and printed nothing`]
    : // The lines of the block one by one: the report joins lines of which none can become several.
      [ending, ...codeBlock(output, MAX_LINES).split('\n')]
}

const MAX_LINES = 30

const PRODUCTION = {
  pass: '✓',
  fail: '✗',
  'not needed': 'not needed',
  'not checked': 'not checked',
} satisfies Record<ProductionVerdict, string>
