import path from 'node:path'
import { beforeEach, type RunnerTask as Task } from 'vitest'
import { runsSlowTests } from './slow.ts'

/**
 * Set-up of the tests that need the built program: each plays a part of a feature with a real server and real runs. Together they
 * take longer than a check of a change may, so every second test of a file runs, always the same; of the longest files every fourth.
 * The others are reported as skipped. `REDGREEN_SLOW=1` runs all of them.
 */
beforeEach(({ task, skip }) => {
  if (runsSlowTests) return
  const share = LONGEST.has(path.relative('test', task.file.name)) ? 4 : 2
  if (testsIn(task.file.tasks).indexOf(task.id) % share !== 0) skip('runs with REDGREEN_SLOW=1')
})

function testsIn(tasks: readonly Task[]): string[] {
  return tasks.flatMap(task => (task.type === 'suite' ? testsIn(task.tasks) : [task.id]))
}

const LONGEST: ReadonlySet<string> = new Set([
  'cli/cli.test.ts',
  'dialects/bad-input.test.ts',
  'examples/line-endings.test.ts',
  'e2e/elicitation.test.ts',
  'e2e/languages.test.ts',
  'honest/plan-and-people.test.ts',
  'honest/project.test.ts',
  'honest/repository.test.ts',
  'honest/tests-change.test.ts',
  'runner/bad-reports.test.ts',
  'runner/test-names.test.ts',
  'runner/tests.test.ts',
  'workflow/approval/standards.test.ts',
  'workflow/attacks.test.ts',
  'workflow/check-tasks.test.ts',
  'workflow/checkout/checkout.test.ts',
  'workflow/checkout/earlier-tests.test.ts',
  'workflow/checkout/late-red.test.ts',
  'workflow/evidence-summary.test.ts',
  'workflow/judges/loosened-judges.test.ts',
  'workflow/plan-changes.test.ts',
  'workflow/judges/stopped-tests.test.ts',
  'workflow/refusals.test.ts',
  'workflow/verify/validated-files.test.ts',
  'workflow/refactor-tasks.test.ts',
  'workflow/verify/lost-evidence.test.ts',
  'workflow/verify/policy.test.ts',
  'workflow/verify/replay.test.ts',
])
