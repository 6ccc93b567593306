import * as z from 'zod'
import { oneLine } from '../runner/safe-text.ts'
import { describeChangedTests } from '../workflow/response/changed-tests.ts'
import type { RunResponse } from '../workflow/response/run-response.ts'
import { describeCounts, joinLines, nextLine, runBlock } from './format.ts'
import { next, running } from './tool.ts'

/** Output schema of record_red and record_green. */
export const runOutput = z.looseObject({
  task: z.string(),
  stage: z.string().optional(),
  evidence: z.string().optional(),
  running,
  next,
})

const CHECKOUT_NOTES = {
  late: 'Retroactive: the tests ran against the pre-task source in a temporary checkout.',
  'tests-changed': 'Tests were changed or added. Those of the RED fail on its source as well.',
}

const MAX_FAILED = 5
const MAX_LINES = 8

/** A recorded run as text, with its first failed tests. A run that passed needs neither its command nor its output. */
export function formatRun(response: RunResponse): string {
  const { task, stage, tests, counts } = response
  const failed = tests.filter(test => test.outcome === 'failed').slice(0, MAX_FAILED)
  const left = counts.failed - failed.length
  return joinLines(
    `${task} is ${stage}.`,
    ...(response.repeated ? (response.notes ?? []).map(oneLine) : []),
    response.loadFailure &&
      'The test file cannot be loaded yet, so the names of its tests are unknown.',
    response.checkout && CHECKOUT_NOTES[response.checkout],
    response.changedTests && oneLine(describeChangedTests(response.changedTests)),
    response.settingsCommand && 'The tests ran with the command of redgreen.config.json.',
    response.exitCodeOnly &&
      'The result is the exit code alone: there was no report of which test failed, or why.',
    ...(response.loadErrors ?? []).map(({ file, message }) => oneLine(`✗ ${file}: ${message}`)),
    ...failed.map(test =>
      oneLine(`✗ ${test.id}${test.message === undefined ? '' : `: ${test.message}`}`),
    ),
    left > 0 && `… and ${left} more failed: ${response.log}`,
    tests.length > 0 && `Tests: ${describeCounts(counts)}.`,
    ...(response.repeated ? [] : (response.notes ?? []).map(oneLine)),
    stage === 'red' && response.command.length > 0 && runBlock(response, MAX_LINES),
    nextLine(response.next),
  )
}
