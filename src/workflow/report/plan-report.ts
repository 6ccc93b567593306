import type { EventOf } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Progress } from '../../plan/progress.ts'
import type { Context } from '../context/context.ts'
import { productionReport, productionVerdict, type ProductionVerdict } from './production-report.ts'
import { codeBlock } from '../testing/verdict-refusal.ts'

/** The last report of a workflow whose plan has a status of its own, in that workflow's form; `undefined` for any other. */
export function planReport(
  context: Context,
  { done, total }: Progress,
  validation: EventOf<'validation'> | undefined,
): string[] | undefined {
  const status = context.dialect.planStatus?.(context.reader, context.plan)
  if (status === undefined || !validation) return undefined
  const seen = productionReport(validation)
  const passed = validation.gates.find(({ name }) => name === 'tests')?.passed
  return [
    '## Implementation Complete',
    '',
    ...gate('Unit Tests', 'tests', validation),
    ...gate('Type Check', 'types', validation),
    ...gate('Linter', 'lint', validation),
    ...(seen.length > 0 ? seen : ['### ⚪ Production Validation: not checked', '']),
    '### 📋 Plan Status',
    `- Tasks completed: ${done}/${total}`,
    `- All tests passing: ${passed ? '✓' : '✗'}`,
    `- Production validated: ${PRODUCTION[productionVerdict(validation)]}`,
    `- Status: ${status}`,
  ]
}

function gate(title: string, name: string, { gates, run }: EventOf<'validation'>): string[] {
  const seen = gates.find(gate => gate.name === name)
  if (!seen) return [`### ⚪ ${title}: not checked`, '']
  const ran = name === 'tests' ? run : seen.run
  return [
    `### ${seen.passed ? '✅' : '❌'} ${title}: ${seen.passed ? 'PASS' : 'FAIL'}`,
    ...(ran ? evidence(ran) : []),
    ...seen.findings.map(finding => `- ${finding}`),
    '',
  ]
}

function evidence({ command, exitCode, output }: RunRecord): string[] {
  const ran = `\`${command.join(' ')}\` ended with exit code ${exitCode}`
  return output.trim() === '' ? [`${ran} and printed nothing`] : [ran, codeBlock(output, 30)]
}

const PRODUCTION = {
  pass: '✓',
  fail: '✗',
  'not needed': 'not needed',
  'not checked': 'not checked',
} satisfies Record<ProductionVerdict, string>
