import * as z from 'zod'
import { codeBlock } from '../workflow/testing/verdict-refusal.ts'
import { runValidation } from '../workflow/run-validation.ts'
import type { ValidationResponse } from '../workflow/validation/response.ts'
import { defineTool, feature, input, next, running } from './tool.ts'
import { lines, nextLine, runBlock } from './words.ts'

export const runValidationTool = defineTool({
  name: 'run_validation',
  title: 'Run validation',
  description:
    'Once every task is done: runs the full suite, types and lint, then starts the application, if there is one, and checks it. Attempts are limited.',
  input: input({ feature }),
  output: z.looseObject({ passed: z.boolean().optional(), running, next }),
  changes: 'the plan',
  long: true,
  run: call => runValidation(call),
  words,
})

function words(answer: ValidationResponse): string {
  const { passed, attempt, attemptsLeft, gates, known, screenshots, report, messages } = answer
  return lines(
    `Validation ${passed ? 'passed' : 'failed'} (attempt ${attempt}, ${attemptsLeft} left). Report: ${report}`,
    ...gates.flatMap(gate => [
      `${signOf(gate)} ${gate.name}: ${gate.summary}`,
      ...gate.findings.slice(0, 5).map(finding => `  ${finding}`),
      ranBlock(gate),
    ]),
    ...known.map(
      ({ symptom, cause, cure }) => `Symptom: ${symptom} Likely cause: ${cause} Cure: ${cure}`,
    ),
    screenshots.length > 0 && `Screenshots: ${screenshots.join(', ')}`,
    ...messages,
    nextLine(answer.next),
  )
}

type Gate = ValidationResponse['gates'][number]

function signOf({ passed, verdict }: Gate): string {
  if (verdict === 'not needed') return '–'
  if (verdict === 'not checked') return '⚠'
  return passed ? '✓' : '✗'
}

/** An application is stopped and has no exit code to tell: only what it printed, when it did not do. */
function ranBlock({ passed, command, exitCode = null, output = '', log }: Gate): string {
  if (command && log !== undefined)
    return runBlock({ command, exitCode, output, log }, passed ? 4 : 8)
  return passed ? '' : codeBlock(output, 8)
}
