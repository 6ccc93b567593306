import type { EventOf } from '../../evidence/event.ts'
import type { Overruled } from '../../evidence/event-parts.ts'
import type { History } from '../../evidence/history.ts'
import { inlineKey, testBytesIn } from '../../evidence/test-bytes.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { changedPaths, recallTree, takeTree, type Tree } from '../../store/tree.ts'
import { asideIfKept } from './checkout.ts'
import { findBench, type Bench } from '../testing/test-runner.ts'
import type { Desk } from '../context/context.ts'
import { frozenBy } from '../testing/frozen-files.ts'
import { isOfTests, testHash } from '../testing/inline-tests.ts'
import { keptFiles } from '../testing/snapshots.ts'
import { runAt } from '../testing/test-run.ts'

/**
 * Tests as they were when they proved a task, on the code of now, where they, what they share or the runner's configuration
 * changed since. One that fails was overruled by a later change: rightly, when what is wanted has changed, or to let broken
 * code through. That is for a reader to say.
 */
export async function overruledTests(desk: Desk): Promise<Overruled[]> {
  const now = await takeTree(desk.workspace)
  const asked = new Set(
    desk.ledger.events.flatMap(event => (event.kind === 'red' ? Object.keys(event.files) : [])),
  )
  const overruled: Overruled[] = []
  for (const history of desk.histories.values()) {
    const { stage, green, waived } = history
    // A check has no test: there is nothing to run again.
    const [file] = Object.keys(green?.files ?? {})
    const bench = file === undefined ? undefined : findBench(desk, file)
    if (stage !== 'done' || !green || !bench || waived) continue
    if (hasChanged(desk, bench, green) || sharesChanged(desk, history, now, asked))
      overruled.push(...(await failingOnNow(desk, bench, history, green)))
  }
  return overruled
}

/** Other tests, or another configuration, than the GREEN was seen with. */
function hasChanged(desk: Desk, bench: Bench, green: EventOf<'green'>): boolean {
  const files = Object.keys(green.files)
  if (files.some(file => testHash(desk, bench, file) !== testBytesIn(green, file))) return true
  const own = new Set(files.flatMap(file => [inlineKey(file), ...bench.framework.snapshots(file)]))
  const now = frozenBy(desk, bench, files)
  const names = new Set([...Object.keys(now), ...Object.keys(green.frozen)])
  return [...names].some(name => !own.has(name) && now[name] !== green.frozen[name])
}

/** Helpers and fixtures that were there when the task was done, and are others now. */
function sharesChanged(
  { state }: Desk,
  { done }: History,
  now: Tree,
  asked: ReadonlySet<string>,
): boolean {
  const then = done && recallTree(state, done.tree)
  if (!then) return false
  return changedPaths(then, now).some(
    file => then.files[file] !== undefined && isTestSupport(file) && !asked.has(file),
  )
}

async function failingOnNow(
  desk: Desk,
  bench: Bench,
  { red }: History,
  green: EventOf<'green'>,
): Promise<Overruled[]> {
  const kept = keptFiles(green)
  if (!kept) return []
  const files = Object.keys(green.files)
  desk.call.note(`running the tests that proved ${green.task} as they were then`)
  const outcome = await asideIfKept(desk, kept, codeOfNow(bench), async ({ root }) => {
    const seen = await runAt(desk, bench, root, { files, names: green.names })
    return seen.outcome
  })
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
function codeOfNow(bench: Bench): (file: string) => Layer {
  const { inline } = bench.framework
  const configured = new Set(bench.framework.configuration(bench.package.view))
  return file => {
    if (inline?.holds(file)) return (then, now) => inline.blend(now, then)
    return !isOfTests(bench, file) && !configured.has(file)
  }
}

/** What the last validation found so, in a sentence for whoever reads its answer. */
export function overruledTold({ ledger }: Desk): string[] {
  const last = ledger.events.findLast(event => event.kind === 'validation')
  const all = last?.kind === 'validation' ? (last.overruled ?? []) : []
  const tasks = [...new Set(all.map(({ task }) => task))]
  return tasks.map(task => {
    const [first, ...more] = all.filter(test => test.task === task)
    const others = more.length > 0 ? ` (and ${more.length} more)` : ''
    return `! As it proved ${task}, "${first?.id ?? ''}"${others} fails on the code of now: read how it was changed`
  })
}
