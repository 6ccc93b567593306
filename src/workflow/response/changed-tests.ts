import { testsChangedAfterCode, type ChangedTests } from '../../evidence/changed-tests.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'

/** A warning for each task whose tests were changed after its code was written, or for one task. */
export function changedTestLines(
  { ledger: { events } }: Pick<Context, 'ledger'>,
  task?: string,
): string[] {
  const changed = testsChangedAfterCode(events)
  return changed.filter(one => task === undefined || one.task === task).map(describeChangedTests)
}

/** What a reader should compare. */
export function describeChangedTests({ task, files, failing }: ChangedTests): string {
  const first =
    failing.length > 0
      ? ` The first version of ${formatList(
          failing.map(id => `"${id}"`),
          2,
        )} fails with this code.`
      : ''
  return `! Tests of ${task} were changed after its code was written (${formatList(files, 3)}). They still fail without the code.${first} A human should review the change.`
}
