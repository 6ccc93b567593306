import { olderTestsChangedDuringFeature } from '../../evidence/check-configuration.ts'
import { formatList } from '../../plan/format-list.ts'
import { DEFAULT_GOTCHAS_FILE } from '../../plan/gotcha.ts'
import { loadTree } from '../../store/saved-trees.ts'
import { hashOfFile } from '../../store/hashed-file.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { snapshotAtStart } from '../testing/snapshots.ts'

/**
 * A sentence about test files that are older than the feature, changed during it, and of which no RED saw a test fail. Empty
 * if there are none. A change may have weakened such a test, which only a reader can decide.
 */
export function describeOlderTests({ ledger }: Pick<Context, 'ledger'>): string[] {
  const files = olderTestsChangedDuringFeature(ledger.events)
  if (files.length === 0) return []
  return [
    `Review the changes to tests that are older than the feature and were not seen to fail first: ${formatList(files, 5)}`,
  ]
}

/** A sentence for each gotchas or standards file that changed during the feature: the validation measures the work by them. */
export function describeChangedCriteria(context: Context): string[] {
  const { settings, dialect } = context
  const gotchas = settings.validation?.gotchas ?? DEFAULT_GOTCHAS_FILE
  const isCriterion = (file: string) =>
    file === gotchas || (dialect.standards !== undefined && file.endsWith('-standards.md'))
  return changedSinceStart(context, isCriterion).map(
    file => `! ${file} changed during the feature. The validation depends on it: review the change`,
  )
}

/**
 * Files that existed when the feature was started and were changed or deleted since. Empty if this clone does not have the
 * list of those files.
 */
function changedSinceStart(
  { ledger, state, workspace }: Context,
  isWanted: (file: string) => boolean,
): string[] {
  const start = snapshotAtStart(ledger.events)
  const tree = start && loadTree(state, start.tree)
  if (!tree) return []
  return Object.keys(tree.files)
    .filter(isWanted)
    .filter(file => hashOfFile(absolute(workspace, file)) !== tree.files[file])
}
