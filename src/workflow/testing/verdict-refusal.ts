import { resourceUri } from '../context/resource-uri.ts'
import { stripVTControlCharacters } from 'node:util'
import type { Nothing, NoProof } from '../../evidence/verdict.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { TestRunResult } from './test-run.ts'

/** The step that would help, by code; `%` is the task. */
const REMEDIES: Record<NoProof, string> = {
  red_passes:
    'A test that passes before the work proves nothing: make it ask for what is missing, then call record_red again.',
  red_not_loaded:
    'Mend what keeps the test from loading; where the code under test is missing, add an empty stub so that the test fails on an assertion. Then call record_red again.',
  no_tests_ran:
    'Write at least one test that runs, without skip or todo, in a file and with a name that the runner finds.',
  timed_out:
    'Find out what the test waits for; the limit is limits.timeoutSeconds in the settings.',
  crashed: 'Read the output below, mend what ends the process, then call the same step again.',
  no_command: 'Install the test runner in the project, then call the same step again.',
  inconsistent:
    'Exit code and report have to agree: look for a coverage threshold, a reporter or a hook that changes the exit code.',
  green_fails: 'Change the code, not the test, until it passes. Then call record_green again.',
  tests_missing: 'Put the tests back that were red, by their names. Then call record_green again.',
  tests_changed:
    'Put the tests back as they were seen to fail; a test that was wrong may be changed as long as it fails without the new code. Then call record_green again.',
  skipped:
    'Let the tests run that were red: take skip, todo and only away. Then call record_green again.',
}

/** A run that proves nothing becomes a refusal with what was seen. */
export function refuseVerdict(
  context: Context,
  task: Task,
  wanted: 'RED' | 'GREEN',
  verdict: Nothing,
  observed: Pick<TestRunResult, 'run'>,
): Refusal {
  const { frontend } = context.call
  const remedy = REMEDIES[verdict.code]
    .replace(
      'call record_red again',
      `${frontend.describeStep('record_red', { task: task.id })} again`,
    )
    .replace(
      'call record_green again',
      `${frontend.describeStep('record_green', { task: task.id })} again`,
    )
  const isLate = verdict.code === 'red_passes' && ['build', 'cover'].includes(task.kind)
  const log = resourceUri(context.plan.feature, `runs/${observed.run.id}`)
  return new Refusal(
    verdict.code,
    verdict.fact,
    `No ${wanted} was recorded for ${task.id}.`,
    remedy,
    isLate ? 'If its code was written first: the same with `late`.' : '',
    `Output: ${log}\n${codeBlock(observed.run.output)}`,
  )
}

/** Output of programs is data: fenced, and without control characters. */
export function codeBlock(output: string, lines = 15): string {
  const tail = stripVTControlCharacters(output).trimEnd().split('\n').slice(-lines).join('\n')
  return tail === '' ? '' : `\`\`\`\`\n${tail.replaceAll('````', "'''")}\n\`\`\`\``
}
