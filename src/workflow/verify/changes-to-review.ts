import type { Context } from '../context/context.ts'
import { changedTestLines } from '../response/changed-tests.ts'
import { codeRemarkLines } from '../response/code-remarks.ts'
import { humanChangeLines } from '../response/human-changes.ts'
import { refactoringLines } from '../response/refactored-code.ts'
import { describeStopped, stoppedIn } from '../response/stopped-tests.ts'
import { describeConfigurationChangedDuringFeature } from '../testing/check-configuration.ts'

/** Changes of tests and check configuration that a human should review, one sentence each. They are not findings. */
export function changesToReview(context: Pick<Context, 'ledger' | 'histories'>): string[] {
  return [
    ...describeConfigurationChangedDuringFeature(context),
    ...changedTestLines(context),
    ...refactoringLines(context),
    ...codeRemarkLines(context),
    ...describeStopped(stoppedIn(context.ledger.events)),
    ...humanChangeLines(context),
  ].map(text => text.replace(/^! /, ''))
}
