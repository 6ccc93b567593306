import type { MovedTest } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import type { ProvenTest } from '../../evidence/proven-tests.ts'
import type { SuiteExpectations } from '../../evidence/suite.ts'
import type { Task } from '../../plan/plan.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { haveMovedInPackage } from '../testing/go-declarations.ts'
import { compareMoved, type TestText } from '../testing/moved-text.ts'
import { haveSplit } from '../testing/split-tests.ts'
import { restoreTree, textInSnapshot } from '../testing/snapshots.ts'

/**
 * Tests of finished work that did not run under their id, and that passed under the same name in another file, with the text that
 * proved their task: only the paths of imports may differ. Of a file that was split, each test and what it uses is the same. By their id.
 *
 * @param task the task for which the suite runs. It may also have added tests to the new file; those are verified again later.
 */
export async function movedTests(
  context: Context,
  outcome: Outcome,
  { proven, hash }: Pick<SuiteExpectations, 'proven' | 'hash'>,
  task: Task | undefined,
): Promise<ReadonlyMap<string, MovedTest>> {
  const moved = new Map<string, MovedTest>()
  const passed = outcome.tests.filter(test => test.outcome === 'passed')
  const ids = new Set(passed.map(({ id }) => id))
  const namesakes = new Map<string, string[]>()
  for (const { id, file } of passed) {
    const name = id.slice(file.length)
    namesakes.set(name, [...(namesakes.get(name) ?? []), file])
  }
  for (const [from, proof] of proven) {
    const name = from.slice(proof.file.length)
    if (ids.has(from)) continue
    for (const file of namesakes.get(name) ?? []) {
      if (moved.has(from)) continue
      const how = await howMoved(context, from, proof, file)
      if (how === undefined || (how === 'grown' && !task)) continue
      const sha256 = how === 'grown' ? proof.testHash : hash(file)
      moved.set(from, { from, to: file + name, sha256 })
    }
  }
  return moved
}

async function howMoved(
  context: Context,
  id: string,
  proof: ProvenTest,
  file: string,
): Promise<'same' | 'grown' | undefined> {
  const now = await takeTree(context.workspace)
  const text = context.reader.read(file)
  const earlier = await provenText(context, id, proof)
  if (text === undefined || !earlier) return undefined
  const current = { file, text, tree: now }
  if (haveMovedInPackage(earlier, current, other => context.reader.read(other))) return 'same'
  // As long as the earlier file exists, its tests have not been moved as a whole.
  const how = now.files[proof.file] === undefined ? compareMoved(earlier, current) : undefined
  return how ?? ((await haveSplit(id, earlier, current)) ? 'same' : undefined)
}

/** The text of a test file with which a test counts as verified. */
async function provenText(
  context: Context,
  id: string,
  { file, sha256, testHash, failToPass }: ProvenTest,
): Promise<TestText | undefined> {
  const verified = new Set([sha256, testHash, failToPass?.testHash])
  for (const event of context.ledger.events.toReversed()) {
    if (!('snapshot' in event) || event.snapshot === undefined) continue
    const tree: Tree | undefined = await restoreTree(context, event)
    const isRenamed =
      event.kind === 'green' && Object.values(event.refactoring?.renamed ?? {}).includes(id)
    if (!tree || !(isRenamed || verified.has(tree.files[file]))) continue
    const text = await textInSnapshot(context, event, file)
    if (text !== undefined) return { file, text, tree }
  }
  return undefined
}
