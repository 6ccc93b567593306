import type { Outcome } from '../../evidence/outcome.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { recallTree } from '../../store/tree.ts'
import { aside } from '../aside.ts'
import { record, type Desk } from '../desk.ts'
import { filesAtStart, type Kept } from '../keep-files.ts'
import { atDesk } from '../open-desk.ts'
import { Refusal } from '../refusal.ts'
import { runAt, type Bench, type Seen } from '../test-run.ts'

interface Failing {
  outcome: Outcome
  /** Ids, and files that could not be loaded. */
  failing: readonly string[]
}

/**
 * Runs test files that fail for the first time once more, aside, on the files of the feature's start, and records what
 * fails there too: it was broken before the work. Returns those ids and files.
 */
export async function lookAtStart(desk: Desk, bench: Bench, seen: Failing): Promise<string[]> {
  const start = filesAtStart(desk.ledger.events)
  const files = start ? unlooked(desk, seen, start.tree) : []
  if (!start || files.length === 0) return []
  desk.call.note('running what failed on the sources of before the feature')
  const then = await runThere(desk, bench, start, files)
  if (!then || judgeEnd(then.outcome)) return []
  const failing = [
    ...then.tests.filter(test => ['failed', 'errored'].includes(test.outcome)).map(({ id }) => id),
    ...then.outcome.loadErrors.map(({ file }) => file),
  ]
  const { run, counts } = then
  await atDesk(desk.call, desk =>
    record(desk, {
      kind: 'baseline',
      settings: desk.settings.hash,
      ...start,
      run,
      counts,
      looked: files,
      failing,
    }),
  )
  return failing
}

async function runThere(
  desk: Desk,
  bench: Bench,
  start: Kept,
  files: readonly string[],
): Promise<Seen | undefined> {
  try {
    return await aside(
      desk,
      start,
      () => false,
      ({ root }) => runAt(desk, bench, root, { files, names: [] }),
    )
  } catch (error) {
    // Without the sources of before nothing can be excused; that is no reason not to say what fails.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Files with failures that were there at the start and have not been looked at. */
function unlooked({ ledger, state }: Desk, { outcome, failing }: Failing, start: string): string[] {
  const looked = new Set(
    ledger.events.flatMap(event => (event.kind === 'baseline' ? event.looked : [])),
  )
  const failed = new Set(failing)
  const files = [
    ...outcome.tests.filter(({ id }) => failed.has(id)).map(({ file }) => file),
    ...outcome.loadErrors.map(({ file }) => file).filter(file => failed.has(file)),
  ]
  const then = recallTree(state, start)?.files ?? {}
  return [...new Set(files)].filter(file => then[file] !== undefined && !looked.has(file))
}
