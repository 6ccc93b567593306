import type { Context } from '../context/context.ts'
import { describeConfigurationChangedDuringFeature } from '../testing/check-configuration.ts'
import { changedTestLines } from './changed-tests.ts'
import { codeRemarkLines } from './code-remarks.ts'
import { humanChangeLines } from './human-changes.ts'
import { proofStrengthLines } from './proof-strength.ts'
import { refactoringLines } from './refactored-code.ts'
import { describeStopped, stoppedIn } from './stopped-tests.ts'

/** What changed among the tests and the check configuration, and how far its proofs go: a warning each. */
export function reviewNotes(context: Pick<Context, 'ledger' | 'histories'>): string[] {
  return [
    ...describeConfigurationChangedDuringFeature(context),
    ...changedTestLines(context),
    ...refactoringLines(context),
    ...codeRemarkLines(context),
    ...describeStopped(stoppedIn(context.ledger.events)),
    ...proofStrengthLines(context),
    ...humanChangeLines(context),
  ]
}
