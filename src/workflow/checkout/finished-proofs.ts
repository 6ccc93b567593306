import type { Event, EventOf } from '../../evidence/event.ts'
import { derivedFromEvents } from '../../evidence/growing-events.ts'
import type { History } from '../../evidence/history.ts'
import { provenTests, type ProvenTest } from '../../evidence/proven-tests.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { remembered } from '../../plan/remembered.ts'
import { changedPaths, type Tree } from '../../store/tree.ts'
import { loadTree } from '../../store/saved-trees.ts'
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
    const file = green && firstTestFile(green)
    const testRunner = file === undefined ? undefined : findTestRunner(context, file)
    return stage === 'done' && green && testRunner && !waived
      ? [{ history, green, testRunner }]
      : []
  })
}

/** A task of kind `check` has no test. */
const firstTestFile = remembered(({ files }: EventOf<'green'>) => Object.keys(files)[0])

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
    const hash = testHash(context, testRunner, file)
    if (hash === testHashIn(green, file)) continue
    const moved = movedProofs(context, file)
    tests.push(...changedAfterMove(context, testRunner, moved))
    const isMoved = hash === undefined && moved.length > 0
    if (!isMoved && !(await hasOnlyAdditions(context, green, file))) tests.push(file)
  }
  const atDone = done && loadTree(context.state, done.tree)
  if (!atDone) return { tests, support: [] }
  const testFiles = filesOfReds(context.ledger.events)
  const support = changedPaths(atDone, now).filter(
    file => atDone.files[file] !== undefined && isTestSupport(file) && !testFiles.has(file),
  )
  return { tests, support }
}

/** The tests that moved from a file. */
function movedProofs({ ledger }: Context, file: string): ProvenTest[] {
  const proofs = [...provenTests(ledger.events).values()]
  return proofs.filter(({ movedFrom }) => movedFrom?.startsWith(`${file} > `))
}

/** The files to which tests moved, if they changed since. */
function changedAfterMove(
  context: Context,
  testRunner: TestRunner,
  moved: readonly ProvenTest[],
): string[] {
  const changed = moved.filter(proof => testHash(context, testRunner, proof.file) !== proof.sha256)
  return [...new Set(changed.map(proof => proof.file))]
}

const filesOfReds = derivedFromEvents((events: readonly Event[], before?: ReadonlySet<string>) => {
  const files = events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : []))
  return before && files.length === 0 ? before : new Set([...(before ?? []), ...files])
})
