import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { record, reloadLedger, type Context } from '../context/context.ts'
import { withTransaction } from '../context/transaction.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { mutationResult } from './mutation-result.ts'

/**
 * After the GREEN of a build task: changes the code that the task wrote, in a temporary checkout, and records whether a test of
 * the task notices it. Does nothing if that is recorded already, or turned off. Returns the context with what was recorded.
 */
export async function checkMutations(context: Context, task: Task): Promise<Context> {
  const { settings, call } = context
  const { start, red, green, mutation } = context.histories.get(task.id) ?? {}
  const isKnown = mutation?.settings === settings.hash
  if (task.kind !== 'build' || !settings.bite || isKnown || !start || !red || !green) return context
  const testRunner = findTestRunner(context, Object.keys(green.files)[0])
  if (!testRunner) return context
  const before = red.checkout === 'late' ? red : start
  const change = { task, testRunner, before, green, own: turnedGreen(red, green) }
  const result = await mutationResult(context, change, settings.bite)
  await withTransaction(call, now => {
    const history = now.histories.get(task.id)
    // Another call recorded a newer GREEN, or the same check.
    if (history?.green?.hash !== green.hash || history.mutation?.hash !== mutation?.hash) return
    record(now, {
      kind: 'mutation',
      task: task.id,
      settings: settings.hash,
      green: green.hash,
      ...result,
    })
  })
  return reloadLedger(context)
}

/** The tests that the task turned green. If a file could not be loaded at RED, these are all of its tests. */
function turnedGreen(red: EventOf<'red'>, green: EventOf<'green'>): Set<string> {
  const passed = green.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)
  const failed = new Set(
    red.tests.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
  )
  const own = passed.filter(id => failed.has(id))
  return new Set(own.length > 0 ? own : passed)
}
