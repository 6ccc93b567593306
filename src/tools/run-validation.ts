import * as z from 'zod'
import { limitLines } from '../plan/format-list.ts'
import { codeBlock } from '../runner/safe-text.ts'
import type { ValidationResponse } from '../workflow/validation/response.ts'
import { joinLines, nextLine, runBlock } from './format.ts'
import { defineTool, feature, input, next, running } from './tool.ts'

export const runValidationTool = defineTool({
  name: 'run_validation',
  title: 'Run validation',
  description:
    'Validate the finished feature: run suite, types and linter, then start and check the application, if any. Call it when every task is done. Attempts are limited.',
  input: input({ feature }),
  output: z.looseObject({ passed: z.boolean().optional(), running, next }),
  changes: 'the plan',
  long: true,
  run: async call => (await import('../workflow/steps.ts')).runValidation(call),
  format,
})

function format(response: ValidationResponse): string {
  const { passed, attempt, attemptsLeft, gates, report, messages } = response
  const { known = [], screenshots = [] } = response
  return joinLines(
    `Validation ${passed ? 'passed' : 'failed'} (attempt ${attempt}, ${attemptsLeft} left). Report: ${report}`,
    response.repeated && messages[0],
    ...gates.flatMap(gate => [
      `${signOf(gate)} ${gate.name}: ${gate.summary}`,
      ...shownFindings(gate),
      gateBlock(gate),
    ]),
    ...known.map(
      ({ symptom, cause, cure }) => `Symptom: ${symptom} Likely cause: ${cause} Fix: ${cure}`,
    ),
    screenshots.length > 0 && `Screenshots: ${screenshots.join(', ')}`,
    ...messages.slice(response.repeated ? 1 : 0),
    nextLine(response.next),
  )
}

/** The first findings of a gate. The report has them all. */
function shownFindings({ findings }: Gate): string[] {
  const lines = limitLines(
    findings.map(finding => `  ${finding}`),
    MAX_FINDINGS,
  )
  return findings.length > MAX_FINDINGS
    ? [...lines.slice(0, -1), `  ${lines.at(-1)} in the report`]
    : lines
}

const MAX_FINDINGS = 5

type Gate = ValidationResponse['gates'][number]

function signOf({ passed, verdict }: Gate): string {
  if (verdict === 'not needed') return '–'
  if (verdict === 'not checked') return '⚠'
  return passed ? '✓' : '✗'
}

/** The run of a gate that failed. The application is stopped and has no exit code, so only its output is shown. */
function gateBlock({ passed, command, exitCode = null, output = '', log }: Gate): string {
  if (passed) return ''
  return command && log !== undefined
    ? runBlock({ command, exitCode, output, log }, 8)
    : codeBlock(output, 8)
}
