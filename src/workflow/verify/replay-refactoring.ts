import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { suiteResult } from '../../evidence/refactoring.ts'
import { judgeEnd } from '../../evidence/run-end.ts'
import { inCheckout } from '../checkout/checkout.ts'
import { suiteRunnerFor } from '../checkout/earlier-expectations.ts'
import type { Context } from '../context/context.ts'
import { storedSnapshot, type StoredSnapshot } from '../testing/snapshots.ts'
import { runSuiteAt } from '../testing/test-run.ts'

/**
 * Runs the suite again on the files from before and after a refactoring. What passes before has to pass after, under the id that
 * the GREEN says.
 *
 * @param at makes the context for a checkout
 */
export async function replayRefactoring(
  context: Context,
  green: EventOf<'green'>,
  at: (root: string) => Context,
): Promise<string | undefined> {
  const { events } = context.ledger
  const start = lastEvent(
    events.slice(
      0,
      events.findIndex(({ hash }) => hash === green.hash),
    ),
    'start',
    ({ task }) => task === green.task,
  )
  const [before, after] = [start && storedSnapshot(start), storedSnapshot(green)]
  if (!before || !after) return 'no snapshot was stored with it'
  const earlier = await suiteOf(context, green.task, before, at)
  const current = await suiteOf(context, green.task, after, at)
  if (typeof current === 'string') return current
  if (current.passed.length === 0) return 'no test passes'
  const failing = current.failing.find(id => !(green.refactoring?.failing ?? []).includes(id))
  if (failing !== undefined) return `"${failing}" fails`
  // A project may have had no suite before: then new tests showed what the code did.
  if (typeof earlier === 'string') return undefined
  const passed = new Set(current.passed)
  const renamed = green.refactoring?.renamed ?? {}
  const lost = earlier.passed.find(id => !passed.has(renamed[id] ?? id))
  return lost === undefined ? undefined : `"${lost}" passes before and does not after`
}

/** The result, or why there is none. */
function suiteOf(
  context: Context,
  id: string,
  snapshot: StoredSnapshot,
  at: (root: string) => Context,
): Promise<{ passed: string[]; failing: string[] } | string> {
  const files = context.tasks.get(id)?.files ?? []
  return inCheckout(
    context,
    snapshot,
    () => false,
    async ({ root }) => {
      const there = at(root)
      const testRunner = suiteRunnerFor(there, files)
      if (!testRunner) return 'no test runner is known'
      const { outcome } = await runSuiteAt(there, testRunner, root)
      return judgeEnd(outcome)?.fact ?? suiteResult(outcome)
    },
  )
}
