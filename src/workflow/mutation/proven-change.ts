import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/** What the GREEN of a task proves: the sources before it and with it, and the tests that it turned green. */
export interface ProvenChange {
  task: Task
  testRunner: TestRunner
  /**
   * The event with the sources from before the work: the start of the task or, if the code existed already, the RED without it. Tests of
   * existing code fail only without a part of it, which is what they cover.
   */
  before: EventOf<'start'> | EventOf<'red'>
  green: EventOf<'green'>
  /** Ids of the tests that the task turned green. If a file could not be loaded at RED, these are all of its tests. */
  own: ReadonlySet<string>
}

/** The change that the latest GREEN of a task proves; `undefined` if it has none. */
export function provenChange(context: Context, task: Task): ProvenChange | undefined {
  const { start, red, green } = context.histories.get(task.id) ?? {}
  const testRunner = green && findTestRunner(context, Object.keys(green.files)[0])
  if (!start || !red || !green || !testRunner) return undefined
  const before = red.checkout === 'late' || task.kind === 'cover' ? red : start
  return { task, testRunner, before, green, own: turnedGreen(red, green) }
}

function turnedGreen(red: EventOf<'red'>, green: EventOf<'green'>): Set<string> {
  const passed = green.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)
  const failed = new Set(
    red.tests.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
  )
  const own = passed.filter(id => failed.has(id))
  return new Set(own.length > 0 ? own : passed)
}
