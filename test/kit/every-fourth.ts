import { beforeEach, type RunnerTask as Task } from 'vitest'
import { runsSlowTests } from './slow.ts'

/**
 * Set-up of the tests that need the built program: each plays a part of a feature with a real server and real runs. Together they
 * take longer than a check of a change may, so every fourth test of a file runs, always the same. The others are reported as
 * skipped. `REDGREEN_SLOW=1` runs all of them.
 */
beforeEach(({ task, skip }) => {
  if (!runsSlowTests && testsIn(task.file.tasks).indexOf(task.id) % SHARE !== 0)
    skip('runs with REDGREEN_SLOW=1')
})

const SHARE = 4

function testsIn(tasks: readonly Task[]): string[] {
  return tasks.flatMap(task => (task.type === 'suite' ? testsIn(task.tasks) : [task.id]))
}
