import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Reverified } from '../../evidence/event-parts.ts'
import { provenTests, type FailToPass } from '../../evidence/proven-tests.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import type { Context } from '../context/context.ts'
import { hasOnlyAdditions } from '../testing/additions.ts'
import { isTestCode, overlayOf, testHash } from '../testing/inline-tests.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { inCheckoutIfAvailable } from './checkout.ts'

/** The result of running changed tests of earlier tasks on the sources that those tasks were recorded with. */
export interface EarlierTestsCheck {
  reverified: Reverified[]
  weakened: WeakenedTest[]
}

/** A test that no longer fails without the code of its task. */
export interface WeakenedTest {
  task: string
  id: string
  file: string
}

/** Which changes are checked: all, or only those that removed or changed lines of the test file. */
export type ChangeScope = 'all' | 'rewritten'

/** The tests of one file that one RED and GREEN proved, and that were changed since. */
interface Proof extends FailToPass {
  file: string
  ids: string[]
}

interface ChangedProof extends Proof {
  onlyAdded: boolean
}

/**
 * Checks tests that proved other tasks and were changed since. Each must still fail without the code of its task (on the
 * sources of its RED) and pass with it (on the sources of its GREEN). If that cannot be decided, for example because the test
 * now calls code that was written later, the test is recorded as `unseen`.
 *
 * @param task the current task, whose own tests are not checked
 */
export async function checkEarlierTests(
  context: Context,
  scope: ChangeScope,
  task?: string,
): Promise<EarlierTestsCheck> {
  const result: EarlierTestsCheck = { reverified: [], weakened: [] }
  for (const group of await changedProofs(context, scope, task)) {
    const { reverified, weakened } = await checkGroup(context, group)
    result.reverified.push(...reverified)
    result.weakened.push(...weakened)
  }
  return result
}

/** The changed files, grouped by RED. */
async function changedProofs(
  context: Context,
  scope: ChangeScope,
  task?: string,
): Promise<ChangedProof[][]> {
  const groups = new Map<string, ChangedProof[]>()
  for (const proof of proofsByFile(context, task)) {
    const hash = currentHash(context, proof.file)
    if (hash === undefined || hash === proof.testHash) continue
    const onlyAdded = await hasOnlyAdditions(context, proof.red, proof.file)
    if (scope === 'rewritten' && onlyAdded) continue
    const known = groups.get(proof.red.hash) ?? []
    groups.set(proof.red.hash, [...known, { ...proof, onlyAdded }])
  }
  return [...groups.values()]
}

function proofsByFile({ ledger, histories }: Context, task?: string): Proof[] {
  const files = new Map<string, Proof>()
  for (const [id, { file, failToPass }] of provenTests(ledger.events)) {
    if (!failToPass || failToPass.red.task === task || histories.get(failToPass.red.task)?.waived)
      continue
    const key = [failToPass.red.hash, failToPass.testHash, file].join(' ')
    const known = files.get(key)
    if (known) known.ids.push(id)
    else files.set(key, { ...failToPass, file, ids: [id] })
  }
  return [...files.values()]
}

function currentHash(context: Context, file: string): string | undefined {
  return testHash(context, findTestRunner(context, file), file)
}

async function checkGroup(
  context: Context,
  group: readonly ChangedProof[],
): Promise<EarlierTestsCheck> {
  const [first] = group
  if (!first) return { reverified: [], weakened: [] }
  const { red, green } = first
  const files = group.map(({ file }) => file)
  const without = await runOnSourcesOf(context, red, files)
  const weakened = group.flatMap(({ file, ids }) =>
    ids
      .filter(id => without && !['failed', 'errored', undefined].includes(without.outcomes.get(id)))
      .map(id => ({ task: red.task, id, file })),
  )
  // One weakened test refuses the task. The other files stay unverified, so the next check runs them again.
  if (weakened.length > 0) return { reverified: [], weakened }
  const withCode = await runOnSourcesOf(context, green, files)
  const reverified = group.map(({ file, ids, onlyAdded }) => {
    const hash = without?.hashes.get(file)
    const fails = ids.every(id => ['failed', 'errored'].includes(without?.outcomes.get(id) ?? ''))
    const passes = ids.every(id => withCode?.outcomes.get(id) === 'passed')
    const isVerified = fails && passes && hash === withCode?.hashes.get(file)
    const how = isVerified ? ('fails' as const) : ('unseen' as const)
    const sha256 = hash ?? currentHash(context, file) ?? 'absent'
    return { red: red.hash, file, sha256, how, ...(onlyAdded && { added: true as const }) }
  })
  return { reverified, weakened }
}

/** Current tests on earlier sources. */
interface EarlierSourcesRun {
  /** Outcome by test id. */
  outcomes: Map<string, string>
  /** Hash of the tests by file, as they were in the checkout. */
  hashes: Map<string, string | undefined>
}

/** Runs the current tests on the sources of an event; `undefined` if that is not possible. */
async function runOnSourcesOf(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
  files: readonly string[],
): Promise<EarlierSourcesRun | undefined> {
  const snapshot = storedSnapshot(event)
  const testRunner = findTestRunner(context, files[0])
  if (!snapshot || !testRunner) return undefined
  const { task, kind, names } = event
  context.call.note(`running the changed tests of ${task} on the sources of its ${kind}`)
  return inCheckoutIfAvailable(
    context,
    snapshot,
    overlayOf(testRunner, file => isTestCode(testRunner, file)),
    async ({ root }) => {
      const { outcome } = await runTestsAt(context, testRunner, root, { files, names })
      if (judgeEnd(outcome)) return undefined
      return {
        outcomes: new Map(outcome.tests.map(test => [test.id, test.outcome])),
        hashes: new Map(
          files.map(file => [file, testHash({ workspace: { root } }, testRunner, file)]),
        ),
      }
    },
  )
}

/** A message for each changed test file that could not be checked. */
export function describeUnchecked(reverified: readonly Reverified[]): string[] {
  const files = reverified.filter(({ how }) => how === 'unseen').map(({ file }) => file)
  return [...new Set(files)].map(
    file =>
      `! ${file} proved an earlier task and was changed. It could not be run on the sources of that task: review the change.`,
  )
}

/** The same for the last validation. */
export function uncheckedAtValidation({ ledger }: Context): string[] {
  return describeUnchecked(lastEvent(ledger.events, 'validation')?.reverified ?? [])
}
