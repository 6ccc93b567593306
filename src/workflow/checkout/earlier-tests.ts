import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Reverified } from '../../evidence/event-parts.ts'
import { provenTests, type FailToPass } from '../../evidence/proven.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { inCheckoutIfAvailable } from './checkout.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import type { Context } from '../context/context.ts'
import { isTestCode, overlayOf, testHash, testsAlone } from '../testing/inline-tests.ts'
import { keptFiles, textInSnapshot } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'

/** What changed tests of earlier tasks came to on the sources that those tasks were seen with. */
export interface EarlierTestsCheck {
  seen: Reverified[]
  /** Tests that do not fail without the code of their task any more. */
  easy: { task: string; id: string; file: string }[]
}

/** Which changes are looked at: all, or those alone that took lines of the test file away. */
export type ChangeScope = 'all' | 'rewritten'

/** Tests of one file that were proven by one RED and GREEN, and that were changed since. */
interface Changed extends FailToPass {
  file: string
  ids: string[]
}

/**
 * Tests that proved other tasks, and that were changed since: each has to fail still without the code of its task and to
 * pass with it, on the sources of then. One that fails there for another reason, such as calling what came later, says
 * nothing, which is recorded.
 */
export async function checkEarlierTests(
  context: Context,
  depth: ChangeScope,
  task?: string,
): Promise<EarlierTestsCheck> {
  const all: EarlierTestsCheck = { seen: [], easy: [] }
  for (const group of await changedProofs(context, depth, task)) {
    const { seen, easy } = await seeGroup(context, group)
    all.seen.push(...seen)
    all.easy.push(...easy)
  }
  return all
}

/** The changed files, RED by RED. */
async function changedProofs(
  context: Context,
  depth: ChangeScope,
  task?: string,
): Promise<Changed[][]> {
  const groups = new Map<string, Changed[]>()
  for (const proof of proofsByFile(context, task)) {
    const now = currentHash(context, proof.file)
    if (now === undefined || now === proof.testBytes) continue
    if (depth === 'rewritten' && (await onlyGrew(context, proof))) continue
    groups.set(proof.red.hash, [...(groups.get(proof.red.hash) ?? []), proof])
  }
  return [...groups.values()]
}

function proofsByFile({ ledger, histories }: Context, task?: string): Changed[] {
  const files = new Map<string, Changed>()
  for (const [id, { file, failToPass: bite }] of provenTests(ledger.events)) {
    if (!bite || bite.red.task === task || histories.get(bite.red.task)?.waived) continue
    const key = [bite.red.hash, bite.testBytes, file].join(' ')
    const known = files.get(key)
    if (known) known.ids.push(id)
    else files.set(key, { ...bite, file, ids: [id] })
  }
  return [...files.values()]
}

function currentHash(context: Context, file: string): string | undefined {
  return testHash(context, findTestRunner(context, file), file)
}

/** Every line that its tests had at RED is still there, in that order: tests were added. */
async function onlyGrew(context: Context, { red, file }: Changed): Promise<boolean> {
  const testRunner = findTestRunner(context, file)
  const then = await textInSnapshot(context, red, file)
  const now = context.reader.read(file)
  if (!testRunner || then === undefined || now === undefined) return false
  const [before, after] = [then, now].map(text => testsAlone(testRunner, file, text).split('\n'))
  return isWithin(before ?? [], after ?? [])
}

function isWithin(lines: readonly string[], others: readonly string[]): boolean {
  let met = 0
  for (const other of others) if (other === lines[met]) met += 1
  return met === lines.length
}

async function seeGroup(context: Context, group: readonly Changed[]): Promise<EarlierTestsCheck> {
  const [first] = group
  if (!first) return { seen: [], easy: [] }
  const { red, green } = first
  const files = group.map(({ file }) => file)
  const without = await runThere(context, red, files)
  const easy = group.flatMap(({ file, ids }) =>
    ids
      .filter(id => without && !['failed', 'errored', undefined].includes(without.ends.get(id)))
      .map(id => ({ task: red.task, id, file })),
  )
  // What was weakened stays to be looked at, and is enough to say no.
  if (easy.length > 0) return { seen: [], easy }
  const withIt = await runThere(context, green, files)
  const seen = group.map(({ file, ids }) => {
    const bytes = without?.bytes.get(file)
    const fails = ids.every(id => ['failed', 'errored'].includes(without?.ends.get(id) ?? ''))
    const passes = ids.every(id => withIt?.ends.get(id) === 'passed')
    const isSeen = fails && passes && bytes === withIt?.bytes.get(file)
    const how = isSeen ? ('fails' as const) : ('unseen' as const)
    return { red: red.hash, file, sha256: bytes ?? currentHash(context, file) ?? 'absent', how }
  })
  return { seen, easy }
}

/** How tests of now end on the sources of an event, and the bytes that they had there. */
interface Ends {
  ends: Map<string, string>
  bytes: Map<string, string | undefined>
}

/** Runs tests of now on the sources of an event; `undefined` where that cannot be seen. */
async function runThere(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
  files: readonly string[],
): Promise<Ends | undefined> {
  const kept = keptFiles(event)
  const testRunner = findTestRunner(context, files[0])
  if (!kept || !testRunner) return undefined
  context.call.note(
    `running the changed tests of ${event.task} on the sources of its ${event.kind}`,
  )
  return inCheckoutIfAvailable(
    context,
    kept,
    overlayOf(testRunner, file => isTestCode(testRunner, file)),
    async ({ root }) => {
      const { outcome } = await runTestsAt(context, testRunner, root, { files, names: event.names })
      if (judgeEnd(outcome)) return undefined
      return {
        ends: new Map(outcome.tests.map(test => [test.id, test.outcome])),
        bytes: new Map(
          files.map(file => [file, testHash({ workspace: { root } }, testRunner, file)]),
        ),
      }
    },
  )
}

/** What nobody could look at, said to whoever reads the answer. */
export function describeUnchecked(seen: readonly Reverified[]): string[] {
  const files = seen.filter(({ how }) => how === 'unseen').map(({ file }) => file)
  return [...new Set(files)].map(
    file =>
      `! ${file} proved an earlier task and was changed; on the sources of then it could not be run, so read that change.`,
  )
}

/** Changed tests that nobody could look at, in the last validation. */
export function uncheckedAtValidation({ ledger }: Context): string[] {
  return describeUnchecked(lastEvent(ledger.events, 'validation')?.reverified ?? [])
}
