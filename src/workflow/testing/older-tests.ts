import type { Event } from '../../evidence/event.ts'
import { derivedFromEvents } from '../../evidence/growing-events.ts'
import { olderTestKey, type CheckConfiguration } from '../../evidence/check-configuration.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { changedPaths } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { isWrittenByRuns } from './observed-run.ts'
import type { SinceStart } from './snapshots.ts'

/**
 * Tests and their helpers that are older than the feature and were changed in it, without a RED that saw a test of the file fail: a
 * hash for each. A change may have weakened them, which only a reader can decide.
 */
export function changedOlderTests(
  context: Context,
  { before, now: tree }: Pick<SinceStart, 'before' | 'now'>,
): CheckConfiguration {
  const seen = hasFailed(context.ledger.events)
  const isWritten = isWrittenByRuns(context)
  const files = changedPaths(before, tree).filter(
    file =>
      before.files[file] !== undefined &&
      (isTestFile(file) || isTestSupport(file)) &&
      !seen.has(file) &&
      !isWritten(file),
  )
  // Deleted tests are reported as tests that no longer run.
  return Object.fromEntries(
    files.flatMap(file => {
      const hash = tree.files[file]
      return hash === undefined ? [] : [[olderTestKey(file), hash.slice(0, 32)]]
    }),
  )
}

const hasFailed = derivedFromEvents((events: readonly Event[], before?: ReadonlySet<string>) => {
  const failed = events.flatMap(event =>
    event.kind === 'red'
      ? event.tests.filter(({ outcome }) => outcome === 'failed').map(({ file }) => file)
      : [],
  )
  return before && failed.length === 0 ? before : new Set([...(before ?? []), ...failed])
})
