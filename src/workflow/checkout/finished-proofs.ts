import type { Event, EventOf } from '../../evidence/event.ts'
import { derivedFromEvents } from '../../evidence/growing-events.ts'
import type { History } from '../../evidence/history.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { changedPaths, loadTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { hasOnlyAdditions } from '../testing/additions.ts'
import { testHash } from '../testing/inline-tests.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/** Test files, snapshots and fixtures of finished tasks that changed since, each with one of these tasks. */
export async function changedProofFiles(
  context: Context,
  now: Tree,
): Promise<{ file: string; task: string }[]> {
  const files = new Map<string, string>()
  for (const proof of finishedProofs(context)) {
    const { tests, support } = await changedFilesOf(context, proof, now)
    for (const file of [...tests, ...support]) files.set(file, proof.green.task)
  }
  return [...files].map(([file, task]) => ({ file, task }))
}

/** A finished task that tests proved. */
export interface Proof {
  history: History
  green: EventOf<'green'>
  testRunner: TestRunner
}

export function finishedProofs(context: Context): Proof[] {
  return [...context.histories.values()].flatMap(history => {
    const { stage, green, waived } = history
    // A task of kind `check` has no test.
    const [file] = Object.keys(green?.files ?? {})
    const testRunner = file === undefined ? undefined : findTestRunner(context, file)
    return stage === 'done' && green && testRunner && !waived
      ? [{ history, green, testRunner }]
      : []
  })
}

/** Files of a proof that differ from what they were when the task was done. */
export interface ChangedFiles {
  /** Test files that lost or changed lines. */
  tests: string[]
  /** Snapshots, fixtures and helpers. */
  support: string[]
}

export async function changedFilesOf(
  context: Context,
  { history: { done }, green, testRunner }: Proof,
  now: Tree,
): Promise<ChangedFiles> {
  const tests: string[] = []
  for (const file of Object.keys(green.files)) {
    if (testHash(context, testRunner, file) === testHashIn(green, file)) continue
    if (!(await hasOnlyAdditions(context, green, file))) tests.push(file)
  }
  const atDone = done && loadTree(context.state, done.tree)
  if (!atDone) return { tests, support: [] }
  const testFiles = filesOfReds(context.ledger.events)
  const support = changedPaths(atDone, now).filter(
    file => atDone.files[file] !== undefined && isTestSupport(file) && !testFiles.has(file),
  )
  return { tests, support }
}

const filesOfReds = derivedFromEvents((events: readonly Event[], before?: ReadonlySet<string>) => {
  const files = events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : []))
  return before && files.length === 0 ? before : new Set([...(before ?? []), ...files])
})
