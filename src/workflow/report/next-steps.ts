import { lastEvent } from '../../evidence/event.ts'
import path from 'node:path'
import { knownTests } from '../../evidence/known-tests.ts'
import { testGroupOfFile } from '../../plan/test-group.ts'
import type { Context } from '../context/context.ts'
import { spentAttempts } from './escalation.ts'
import { uncheckedAtValidation } from '../checkout/earlier-tests.ts'
import { type FinishedWork } from './implemented.ts'
import { changedFiles } from '../context/finished-work.ts'
import { describeChangedCriteria, describeChangedTests } from './changed-since-start.ts'
import { describeSuperseded } from '../checkout/superseded-tests.ts'

/** What is left to a person when everything is proven. */
export function finalSteps(context: Context, works: readonly FinishedWork[]): string[] {
  const files = changedFiles(works)
  const { dir } = context.plan.feature
  return [
    `Review the files that were written${files.length > 0 ? ` (${files.length}, listed above)` : ''}: \`git diff\` shows what changed`,
    ...describeChangedTests(context),
    ...uncheckedAtValidation(context),
    ...describeSuperseded(context),
    ...describeChangedCriteria(context),
    `Run the tests, and the application, yourself${groupsPhrase(context)}`,
    'Mend what you find: something small by hand, then run its tests again; for anything greater take the mark of its task away, so that it is done again test first',
    'Commit: that is yours to do',
    `Then deploy, or begin the next feature; where the requirements change, change the specification of ${dir} first, then its plan and its tasks`,
  ]
}

/** What would help when something is missing. */
export function recommendations(context: Context): string[] {
  const failed = context.plan.tasks.filter(({ id }) => context.histories.get(id)?.failed)
  const gates = lastEvent(context.ledger.events, 'validation')?.gates ?? []
  const open = gates.filter(gate => !gate.passed).map(({ name }) => name)
  const { frontend } = context.call
  return [
    ...(failed.length > 0 ? [`Mend what stopped ${failed.map(({ id }) => id).join(', ')}`] : []),
    ...(open.length > 0 ? [`Mend what the gates found: ${open.join(', ')}`] : []),
    `To go on with the first task that is not done, ${frontend.describeStep('next_task')}`,
    spentAttempts(context).length > 0
      ? 'A person has to allow another validation: `redgreen allow-run` at a terminal'
      : `At the end, ${frontend.describeStep('run_validation')}`,
  ]
}

/** The folders of each group of tests, so that each can be run by itself. */
function groupsPhrase({ ledger }: Context): string {
  const groups = new Map<string, Set<string>>()
  for (const { file } of knownTests(ledger.events).values()) {
    const name = testGroupOfFile(file)
    if (name === undefined) continue
    groups.set(name, (groups.get(name) ?? new Set()).add(path.posix.dirname(file)))
  }
  const told = [...groups].map(([name, folders]) => `${name} (${[...folders].join(', ')})`)
  return told.length > 0 ? `, group by group: ${told.join(', ')}` : ''
}
