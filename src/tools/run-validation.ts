import * as z from 'zod'
import { runValidation, type Gate, type Validation } from '../workflow/run-validation.ts'
import { defineTool, feature, input, next, running } from './tool.ts'
import { lines, nextLine, runBlock } from './words.ts'

export const runValidationTool = defineTool({
  name: 'run_validation',
  title: 'Run validation',
  description:
    'Once every task is done: runs the full suite, the type checker and the linter. Attempts are limited.',
  input: input({ feature }),
  output: z.looseObject({ passed: z.boolean().optional(), running, next }),
  changes: 'the plan',
  long: true,
  run: call => runValidation(call),
  words,
})

function words(answer: Validation): string {
  const { passed, attempt, attemptsLeft, gates, report, messages } = answer
  return lines(
    `Validation ${passed ? 'passed' : 'failed'} (attempt ${attempt}, ${attemptsLeft} left). Report: ${report}`,
    ...gates.flatMap(gate => [
      `${gate.passed ? '✓' : '✗'} ${gate.name}: ${gate.summary}`,
      ...gate.findings.slice(0, 5).map(finding => `  ${finding}`),
      ranBlock(gate),
    ]),
    ...messages,
    nextLine(answer.next),
  )
}

function ranBlock({ passed, command, exitCode = null, output = '', log = '' }: Gate): string {
  return command ? runBlock({ command, exitCode, output, log }, passed ? 4 : 8) : ''
}
