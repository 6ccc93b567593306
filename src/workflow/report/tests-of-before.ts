import { isTestFile } from '../../plan/test-file.ts'
import { changedSinceStart } from './changed-since-start.ts'
import type { Context } from '../context/context.ts'

/**
 * Test files from before the feature that changed in it, and of which no RED saw a test fail: whether they were weakened
 * to let the work through is for a reader to say.
 */
function changedOldTests(context: Context): string[] {
  const red = new Set(
    context.ledger.events.flatMap(event =>
      event.kind === 'red'
        ? event.tests.filter(test => test.outcome === 'failed').map(({ file }) => file)
        : [],
    ),
  )
  return changedSinceStart(context, file => isTestFile(file) && !red.has(file))
}

/** The same in a sentence; empty where there are none. */
export function describeChangedTests(context: Context): string[] {
  const files = changedOldTests(context)
  if (files.length === 0) return []
  const more = files.length > TOLD ? ` and ${files.length - TOLD} more` : ''
  return [
    `Read how tests from before the feature were changed, which nobody saw fail first: ${files.slice(0, TOLD).join(', ')}${more}`,
  ]
}

const TOLD = 5
