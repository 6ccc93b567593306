import { codeParts } from '../../mutation/code-parts.ts'
import type { Context } from '../context/context.ts'
import { testsAlone } from './inline-tests.ts'
import { textInSnapshot, type SnapshotFields } from './snapshots.ts'
import { findTestRunner } from './test-runner.ts'

/**
 * Whether all lines that the tests of a file had at an event are still there, in the same order. If a formatter changed the lines, all
 * statements have to be there. `false` if git does not have the earlier text.
 */
export async function hasOnlyAdditions(
  context: Context,
  event: SnapshotFields,
  file: string,
): Promise<boolean> {
  const testRunner = findTestRunner(context, file)
  const earlier = await textInSnapshot(context, event, file)
  const current = context.reader.read(file)
  if (!testRunner || earlier === undefined || current === undefined) return false
  const [before = '', after = ''] = [earlier, current].map(text =>
    testsAlone(testRunner, file, text),
  )
  if (isSubsequence(before.split('\n'), after.split('\n'))) return true
  const [parts, partsNow] = [await codeParts(file, before), await codeParts(file, after)]
  return parts !== undefined && partsNow !== undefined && isSubsequence(parts, partsNow)
}

function isSubsequence(lines: readonly string[], others: readonly string[]): boolean {
  let matched = 0
  for (const other of others) if (other === lines[matched]) matched += 1
  return matched === lines.length
}
