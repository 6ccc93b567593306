import type { RecordedTest } from '../../evidence/event-parts.ts'
import { boundedTests, type BoundedTests } from './bounded-tests.ts'
import type { Context } from '../context/context.ts'

/** The RED of a task in progress, for an assistant that continues it. */
export interface RedTests extends BoundedTests {
  /** The test files that record_green runs. */
  files: string[]
}

/** The tests of the RED that counts; `undefined` if the task has none. */
export function redTests(context: Context, task: string): RedTests | undefined {
  const { red, stage } = context.histories.get(task) ?? {}
  if (!red || stage === 'done') return undefined
  const failed = red.tests.filter(({ outcome }: RecordedTest) => outcome !== 'passed')
  return { files: Object.keys(red.files), ...boundedTests(context, { task, tests: failed }) }
}
