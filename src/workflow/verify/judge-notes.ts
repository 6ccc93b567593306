import type { Context } from '../context/context.ts'
import { changedTestLines } from '../response/changed-tests.ts'
import { codeRemarkLines } from '../response/code-remarks.ts'
import { humanChangeLines } from '../response/human-changes.ts'
import { refactoringLines } from '../response/refactored-code.ts'
import { describeStopped, stoppedIn } from '../response/stopped-tests.ts'
import { describeJudgesOfFeature } from '../testing/judges.ts'

/** What changed among tests and configuration that judge the work, a sentence each. It is no finding: a human decides. */
export function judgeNotes(context: Pick<Context, 'ledger' | 'histories'>): string[] {
  return [
    ...describeJudgesOfFeature(context),
    ...changedTestLines(context),
    ...refactoringLines(context),
    ...codeRemarkLines(context),
    ...describeStopped(stoppedIn(context.ledger.events)),
    ...humanChangeLines(context),
  ].map(text => text.replace(/^! /, ''))
}
