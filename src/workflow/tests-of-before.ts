import { isTestFile } from '../plan/test-file.ts'
import { hashOfFile, recallTree } from '../store/tree.ts'
import { absolute } from '../store/workspace.ts'
import type { Desk } from './desk.ts'
import { filesAtStart } from './keep-files.ts'

/**
 * Test files from before the feature that changed in it, and of which no RED saw a test fail: whether they were weakened
 * to let the work through is for a reader to say. Empty where this clone does not know the files of then.
 */
function changedTestsOfBefore({ ledger, state, workspace }: Desk): string[] {
  const start = filesAtStart(ledger.events)
  const then = start && recallTree(state, start.tree)
  if (!then) return []
  const red = new Set(
    ledger.events.flatMap(event =>
      event.kind === 'red'
        ? event.tests.filter(test => test.outcome === 'failed').map(({ file }) => file)
        : [],
    ),
  )
  return Object.keys(then.files)
    .filter(file => isTestFile(file) && !red.has(file))
    .filter(file => hashOfFile(absolute(workspace, file)) !== then.files[file])
}

/** The same in a sentence; empty where there are none. */
export function testsToRead(desk: Desk): string[] {
  const files = changedTestsOfBefore(desk)
  if (files.length === 0) return []
  const more = files.length > TOLD ? ` and ${files.length - TOLD} more` : ''
  return [
    `Read how tests from before the feature were changed, which nobody saw fail first: ${files.slice(0, TOLD).join(', ')}${more}`,
  ]
}

const TOLD = 5
