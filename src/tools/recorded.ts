import * as z from 'zod'
import type { Recorded } from '../workflow/record-red.ts'
import { next } from './tool.ts'
import { countsPhrase, lines, nextLine, outputBlock } from './words.ts'

/** What a recorded run answers: the same for RED and GREEN. */
export const recordedOutput = z.looseObject({
  task: z.string(),
  stage: z.string(),
  evidence: z.string(),
  next,
})

/** A recorded run in words. */
export function recordedWords(answer: Recorded): string {
  const { task, stage, tests, counts, command, exitCode, output, log } = answer
  const failed = tests.filter(test => test.outcome === 'failed').slice(0, 5)
  return lines(
    `${task} is ${stage} (evidence ${answer.evidence}).`,
    answer.shallow && 'Shallow: the tests cannot be loaded yet, so their names are not known.',
    answer.exitCodeOnly &&
      'Known by the exit code alone: neither which test failed nor why was seen.',
    ...(answer.loadErrors ?? []).map(({ file, message }) => `✗ ${file}: ${message}`),
    ...failed.map(test => `✗ ${test.id}${test.message === undefined ? '' : `: ${test.message}`}`),
    command.length > 0 &&
      `Ran ${command.slice(0, 3).join(' ')} … exit code ${exitCode}: ${countsPhrase(counts)}. Log: ${log}`,
    // What failed has been said by name; the output helps where nothing was.
    command.length > 0 && tests.length === 0 && !answer.loadErrors && outputBlock(output),
    nextLine(answer.next),
  )
}
