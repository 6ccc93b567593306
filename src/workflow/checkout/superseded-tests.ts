import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import type { History } from '../../evidence/history.ts'
import { inlineKey, testBytesIn } from '../../evidence/test-bytes.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { changedPaths, loadTree, takeTree, type Tree } from '../../store/tree.ts'
import { inCheckoutIfAvailable } from './checkout.ts'
import { findTestRunner, type TestRunner } from '../testing/test-runner.ts'
import type { Context } from '../context/context.ts'
import { frozenBy } from '../testing/frozen-files.ts'
import { isTestCode, testHash } from '../testing/inline-tests.ts'
import { keptFiles } from '../testing/snapshots.ts'
import { runTestsAt } from '../testing/test-run.ts'

/**
 * Tests as they were when they proved a task, on the code of now, where they, what they share or the runner's configuration
 * changed since. One that fails was overruled by a later change: rightly, when what is wanted has changed, or to let broken
 * code through. That is for a reader to say.
 */
export async function supersededTests(context: Context): Promise<Superseded[]> {
  const now = await takeTree(context.workspace)
  const asked = new Set(
    context.ledger.events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : [])),
  )
  const superseded: Superseded[] = []
  for (const history of context.histories.values()) {
    const { stage, green, waived } = history
    // A check has no test: there is nothing to run again.
    const [file] = Object.keys(green?.files ?? {})
    const testRunner = file === undefined ? undefined : findTestRunner(context, file)
    if (stage !== 'done' || !green || !testRunner || waived) continue
    if (hasChanged(context, testRunner, green) || sharesChanged(context, history, now, asked))
      superseded.push(...(await failingOnCurrentCode(context, testRunner, history, green)))
  }
  return superseded
}

/** Other tests, or another configuration, than the GREEN was seen with. */
function hasChanged(context: Context, testRunner: TestRunner, green: EventOf<'green'>): boolean {
  const files = Object.keys(green.files)
  if (files.some(file => testHash(context, testRunner, file) !== testBytesIn(green, file)))
    return true
  const own = new Set(
    files.flatMap(file => [inlineKey(file), ...testRunner.framework.snapshots(file)]),
  )
  const now = frozenBy(context, testRunner, files)
  const names = new Set([...Object.keys(now), ...Object.keys(green.frozen)])
  return [...names].some(name => !own.has(name) && now[name] !== green.frozen[name])
}

/** Helpers and fixtures that were there when the task was done, and are others now. */
function sharesChanged(
  { state }: Context,
  { done }: History,
  now: Tree,
  asked: ReadonlySet<string>,
): boolean {
  const then = done && loadTree(state, done.tree)
  if (!then) return false
  return changedPaths(then, now).some(
    file => then.files[file] !== undefined && isTestSupport(file) && !asked.has(file),
  )
}

async function failingOnCurrentCode(
  context: Context,
  testRunner: TestRunner,
  { red }: History,
  green: EventOf<'green'>,
): Promise<Superseded[]> {
  const kept = keptFiles(green)
  if (!kept) return []
  const files = Object.keys(green.files)
  context.call.note(`running the tests that proved ${green.task} as they were then`)
  const outcome = await inCheckoutIfAvailable(
    context,
    kept,
    currentCode(testRunner),
    async ({ root }) => {
      const seen = await runTestsAt(context, testRunner, root, { files, names: green.names })
      return seen.outcome
    },
  )
  if (!outcome || judgeEnd(outcome)) return []
  const passed = new Set(
    outcome.tests.flatMap(({ id, outcome }) => (outcome === 'passed' ? id : [])),
  )
  const proving = new Set(red?.tests.flatMap(({ id, outcome }) => (outcome === 'failed' ? id : [])))
  return green.tests
    .filter(({ id, outcome }) => outcome === 'passed' && proving.has(id) && !passed.has(id))
    .map(({ id }) => ({ task: green.task, id }))
}

/** Everything of now but tests, what they share, and how they are run. */
function currentCode(testRunner: TestRunner): (file: string) => Layer {
  const { inline } = testRunner.framework
  const configured = new Set(testRunner.framework.configuration(testRunner.package.view))
  return file => {
    if (inline?.holds(file)) return (then, now) => inline.merge(now, then)
    return !isTestCode(testRunner, file) && !configured.has(file)
  }
}

/** What the last validation found so, in a sentence for whoever reads its answer. */
export function describeSuperseded({ ledger }: Context): string[] {
  const all = lastEvent(ledger.events, 'validation')?.superseded ?? []
  const tasks = [...new Set(all.map(({ task }) => task))]
  return tasks.map(task => {
    const [first, ...more] = all.filter(test => test.task === task)
    const others = more.length > 0 ? ` (and ${more.length} more)` : ''
    return `! As it proved ${task}, "${first?.id ?? ''}"${others} fails on the code of now: read how it was changed`
  })
}
