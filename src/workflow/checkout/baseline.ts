import type { Outcome } from '../../evidence/outcome.ts'
import { judgeEnd } from '../../evidence/verdict.ts'
import { inCheckoutIfAvailable } from './checkout.ts'
import { record, type Context } from '../context/context.ts'
import { filesAtStart, restoreTree, type StoredSnapshot } from '../testing/snapshots.ts'
import { withTransaction } from '../context/transaction.ts'
import type { TestRunner } from '../testing/test-runner.ts'
import { runTestsAt } from '../testing/test-run.ts'

interface Failing {
  outcome: Outcome
  /** Ids, and files that could not be loaded. */
  failing: readonly string[]
}

/**
 * Runs test files that fail for the first time once more, aside, on the files of the feature's start, and records what
 * fails there too: it was broken before the work. Returns those ids and files.
 */
export async function runBaseline(
  context: Context,
  testRunner: TestRunner,
  seen: Failing,
): Promise<string[]> {
  const start = filesAtStart(context.ledger.events)
  const files = start ? await filesToRun(context, seen, start) : []
  if (!start || files.length === 0) return []
  context.call.note('running what failed on the sources of before the feature')
  // Without the sources of before nothing can be excused; that is no reason not to say what fails.
  const then = await inCheckoutIfAvailable(
    context,
    start,
    () => false,
    ({ root }) => runTestsAt(context, testRunner, root, { files, names: [] }),
  )
  if (!then || judgeEnd(then.outcome)) return []
  const causes = causesOf(then.outcome)
  const failing = [...causesOf(seen.outcome)]
    .filter(([id, cause]) => causes.get(id) === cause)
    .map(([id]) => id)
  const { run, counts } = then
  await withTransaction(context.call, context =>
    record(context, {
      kind: 'baseline',
      settings: context.settings.hash,
      ...start,
      run,
      counts,
      files,
      failing,
    }),
  )
  return failing
}

/**
 * What failed, and for which cause: a test that fails for another one by now, or a file that lacks another module, was
 * broken by the work. Figures in messages, such as times and line numbers, are no cause.
 */
function causesOf({ tests, loadErrors }: Outcome): Map<string, string> {
  const failed = tests.filter(test => ['failed', 'errored'].includes(test.outcome))
  return new Map([
    ...failed.map(
      ({ id, reason = '', message = '' }) => [id, `${reason} ${plain(message)}`] as const,
    ),
    ...loadErrors.map(({ file, missing, message }) => [file, missing ?? plain(message)] as const),
  ])
}

function plain(message: string): string {
  return message.replaceAll(/\d+/g, '#').replaceAll(/\S*[\\/]\S*/g, '…')
}

/** Files with failures that were there at the start and have not been looked at. */
async function filesToRun(
  context: Context,
  { outcome, failing }: Failing,
  start: StoredSnapshot,
): Promise<string[]> {
  const { ledger } = context
  const known = new Set(
    ledger.events.flatMap(event => (event.kind === 'baseline' ? event.files : [])),
  )
  const failed = new Set(failing)
  const files = [
    ...outcome.tests.filter(({ id }) => failed.has(id)).map(({ file }) => file),
    ...outcome.loadErrors.map(({ file }) => file).filter(file => failed.has(file)),
  ]
  const then = (await restoreTree(context, start))?.files ?? {}
  return [...new Set(files)].filter(file => then[file] !== undefined && !known.has(file))
}
