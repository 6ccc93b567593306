import * as z from 'zod'
import type { RunResponse } from '../workflow/record-red.ts'
import { next, running } from './tool.ts'
import { countsPhrase, lines, nextLine, runBlock } from './words.ts'

/** What a recorded run answers: the same for RED and GREEN. */
export const recordedOutput = z.looseObject({
  task: z.string(),
  stage: z.string().optional(),
  evidence: z.string().optional(),
  running,
  next,
})

const ASIDE = {
  late: 'Late: seen in a checkout aside, with the sources put back to before the work.',
  'tests-changed': 'The tests were changed, and fail on the sources of before as well.',
}

/** A recorded run in words. */
export function formatRun(answer: RunResponse): string {
  const { task, stage, tests, counts } = answer
  const failed = tests.filter(test => test.outcome === 'failed').slice(0, 5)
  return lines(
    `${task} is ${stage} (evidence ${answer.evidence}).`,
    answer.loadFailure && 'Shallow: the tests cannot be loaded yet, so their names are not known.',
    answer.checkout && ASIDE[answer.checkout],
    answer.exitCodeOnly &&
      'Known by the exit code alone: neither which test failed nor why was seen.',
    ...(answer.loadErrors ?? []).map(({ file, message }) => `✗ ${file}: ${message}`),
    ...failed.map(test => `✗ ${test.id}${test.message === undefined ? '' : `: ${test.message}`}`),
    tests.length > 0 && `Tests: ${countsPhrase(counts)}.`,
    answer.command.length > 0 && runBlock(answer, stage === 'red' ? 8 : 4),
    nextLine(answer.next),
  )
}
