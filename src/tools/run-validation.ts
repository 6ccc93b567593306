import * as z from 'zod'
import { runValidation, type Validation } from '../workflow/run-validation.ts'
import { defineTool, feature, input, next } from './tool.ts'
import { lines, nextLine, outputBlock } from './words.ts'

export const runValidationTool = defineTool({
  name: 'run_validation',
  title: 'Run validation',
  description:
    'Once every task is done: runs the full suite, types and lint, then starts the application, if there is one, and checks it. Attempts are limited.',
  input: input({ feature }),
  output: z.looseObject({ passed: z.boolean(), next }),
  changes: 'the plan',
  run: call => runValidation(call),
  words,
})

function words(answer: Validation): string {
  const { passed, attempt, attemptsLeft, gates, known, screenshots, report, messages } = answer
  const failed = gates.filter(gate => !gate.passed)
  return lines(
    `Validation ${passed ? 'passed' : 'failed'} (attempt ${attempt}, ${attemptsLeft} left). Report: ${report}`,
    ...gates.flatMap(gate => [
      `${signOf(gate)} ${gate.name}: ${gate.summary}`,
      ...gate.findings.slice(0, 5).map(finding => `  ${finding}`),
    ]),
    ...failed.map(gate => outputBlock(gate.output ?? '')),
    ...known.map(
      ({ symptom, cause, cure }) => `Symptom: ${symptom} Likely cause: ${cause} Cure: ${cure}`,
    ),
    screenshots.length > 0 && `Screenshots: ${screenshots.join(', ')}`,
    ...messages,
    nextLine(answer.next),
  )
}

function signOf({ passed, verdict }: Validation['gates'][number]): string {
  if (verdict === 'not needed') return '–'
  if (verdict === 'not checked') return '⚠'
  return passed ? '✓' : '✗'
}
