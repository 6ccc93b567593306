import path from 'node:path'
import { lastEvent } from '../../evidence/event.ts'
import { latestResults } from '../../evidence/latest-results.ts'
import { testGroupOfFile } from '../../plan/test-group.ts'
import { uncheckedAtValidation } from '../checkout/earlier-tests.ts'
import { describeSuperseded } from '../checkout/superseded-tests.ts'
import type { Context } from '../context/context.ts'
import { changedFiles } from '../context/finished-work.ts'
import { describeChangedCriteria, describeOlderTests } from './changed-since-start.ts'
import { spentAttempts } from './escalation.ts'
import { type FinishedWork } from './implemented.ts'

/** What a human does after everything is proven. */
export function finalSteps(context: Context, works: readonly FinishedWork[]): string[] {
  const files = changedFiles(works)
  const { dir } = context.plan.feature
  return [
    `Review the generated files${files.length > 0 ? ` (${files.length}, listed above)` : ''}: \`git diff\` shows the changes`,
    ...describeOlderTests(context),
    ...uncheckedAtValidation(context),
    ...describeSuperseded(context),
    ...describeChangedCriteria(context),
    `Run the tests and the application yourself${describeTestGroups(context)}`,
    'Fix what you find. A small fix can be made by hand: run its tests again. For a larger one, reopen its task with `redgreen reopen TASK`, so that it is done again test first',
    'Commit: the server makes no commits',
    `Deploy, or start the next feature. If requirements change, change the specification in ${dir} first, then its plan and its tasks`,
  ]
}

/** What helps if something is missing. */
export function recommendations(context: Context): string[] {
  const failed = context.plan.tasks.filter(({ id }) => context.histories.get(id)?.failed)
  const gates = lastEvent(context.ledger.events, 'validation')?.gates ?? []
  const failedGates = gates.filter(gate => !gate.passed).map(({ name }) => name)
  const { frontend } = context.call
  return [
    ...(failed.length > 0 ? [`Fix what stopped ${failed.map(({ id }) => id).join(', ')}`] : []),
    ...(failedGates.length > 0 ? [`Fix what the gates found: ${failedGates.join(', ')}`] : []),
    `To continue with the first task that is not done, ${frontend.describeStep('next_task')}`,
    spentAttempts(context).length > 0
      ? 'A human must allow another validation: `redgreen allow-run` in a terminal'
      : `At the end, ${frontend.describeStep('run_validation')}`,
  ]
}

/** The folders of each group of tests, so that a human can run each group by itself. */
function describeTestGroups({ ledger }: Context): string {
  const groups = new Map<string, Set<string>>()
  for (const { file } of latestResults(ledger.events).values()) {
    const name = testGroupOfFile(file)
    if (name === undefined) continue
    groups.set(name, (groups.get(name) ?? new Set()).add(path.posix.dirname(file)))
  }
  const phrases = [...groups].map(([name, folders]) => `${name} (${[...folders].join(', ')})`)
  return phrases.length > 0 ? `, group by group: ${phrases.join(', ')}` : ''
}
