import { countOf } from '../plan/format-list.ts'
import type { Outcome } from './outcome.ts'
import { howItEnded } from './verdict-facts.ts'
import { type NoProof, provesNothing } from './no-proof.ts'

/** The verdict on a process that did not end normally; `undefined` if it did. It takes precedence over the tests. */
export function judgeEnd(outcome: Outcome): NoProof | undefined {
  const seconds = Math.round(outcome.durationMs / 1000)
  switch (outcome.end) {
    case 'complete':
      return outcome.tests.some(test => test.reason === 'crash') || outcome.unhandled.length > 0
        ? unhandledError(outcome)
        : undefined
    case 'timed_out':
      return provesNothing('timed_out', `The run was stopped after ${seconds} s, its time limit.`)
    case 'cancelled':
      return provesNothing('timed_out', `The run was cancelled after ${seconds} s.`)
    case 'crashed':
      return provesNothing(
        'crashed',
        `The run ended ${howItEnded(outcome)} before its report was complete${causeOf(outcome)}.`,
      )
    case 'output_limit':
      return provesNothing(
        'crashed',
        `The run printed ${countOf(outcome.outputBytes, 'byte')} and was stopped.`,
      )
    case 'not_started':
      return provesNothing(
        'no_command',
        outcome.unhandled[0] ?? 'The test runner could not be started.',
      )
  }
}

function causeOf({ unhandled: [first] }: Outcome): string {
  return first === undefined ? '' : `: ${first}`
}

/** An error outside of every test makes the results of the tests unreliable. */
function unhandledError(outcome: Outcome): NoProof {
  const first = outcome.unhandled[0] ?? outcome.tests.find(test => test.reason === 'crash')?.message
  return provesNothing(
    'crashed',
    `An error outside of every test ended the run: ${first ?? 'unknown'}.`,
  )
}
