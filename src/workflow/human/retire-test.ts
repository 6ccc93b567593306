import { provenTests } from '../../evidence/proven-tests.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { currentHash } from '../guards/pending-files.ts'
import { openContext, withTransaction } from '../context/transaction.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface TestRetired {
  feature: string
  /** Its whole id. */
  test: string
  /** The task that it proved, or that wrote it. */
  task: string
  person: string
  reason: string
}

/** A human decides that a test of the feature is no longer wanted. Its task stays done, and the suite may run without the test. */
export async function retireTest(
  call: Call,
  { test: name, reason }: { test: string; reason: string },
): Promise<TestRetired> {
  const opened = await openContext(call)
  const { test, task } = testNamed(opened, name)
  const title = opened.tasks.get(task)?.title
  const files = changedFileOf(opened, test)
  const question = joinAsLines([
    `"${test}" belongs to ${task}${title === undefined ? '' : ` (${title})`}.`,
    ...Object.keys(files).map(
      file => `${file} changed since its RED. Its other tests count as they are now.`,
    ),
    `Retire this test, because: ${reason}? It may then be removed from its file. Other tests of ${task} still have to pass.`,
  ])
  const confirmed = await confirmByHuman(call, question, 'waive --test … --reason …')
  return withTransaction(call, async context => {
    const named = testNamed(context, test)
    const seen = Object.keys(files).length > 0 && { files }
    await record(context, { kind: 'test-retired', ...named, ...seen, reason, ...confirmed })
    return { feature: context.plan.feature.id, test, task, person: confirmed.person, reason }
  })
}

/** The current hash of the file of a pending test, if it changed since RED. */
function changedFileOf(context: Context, test: string): Record<string, string> {
  const { ids, files } = context.pendingTests
  const pending = ids.get(test) ?? files.get(test)
  if (!pending) return {}
  const now = currentHash(context, pending.file)
  return now === pending.sha256 ? {} : { [pending.file]: now }
}

/** The test of the feature that a whole id, or the name without its file, means. Refuses if none or several fit. */
function testNamed(context: Context, name: string): { test: string; task: string } {
  const tests = testsOf(context)
  const fits = [...tests].filter(([id]) => id === name || id.endsWith(` > ${name}`))
  const exact = fits.filter(([id]) => id === name)
  const [only, ...more] = exact.length > 0 ? exact : fits
  if (only && more.length === 0) return { test: only[0], task: only[1] }
  const { id } = context.plan.feature
  const candidates = (only ? fits : [...tests]).map(([test]) => `"${test}"`)
  throw new Refusal(
    'not_ready',
    only
      ? `"${name}" fits ${countOf(fits.length, 'test')} of ${id}, so nothing was retired.`
      : `No task of ${id} is proven by a test "${name}", so nothing was retired.`,
    candidates.length > 0 ? `Name one of ${formatList(candidates, MAX_LISTED)}.` : '',
    only
      ? ''
      : '`redgreen approve` confirms that a test which is older than the feature was removed.',
  )
}

const MAX_LISTED = 10

/** The tests that have to pass, or to turn green later, with their tasks. A file stands for tests that could not be loaded yet. */
function testsOf({ ledger, pendingTests }: Context): Map<string, string> {
  const pending = [...pendingTests.ids, ...pendingTests.files]
  const proven = [...provenTests(ledger.events)]
  return new Map([...pending, ...proven].map(([id, { task }]) => [id, task]))
}
