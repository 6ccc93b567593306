import path from 'node:path'
import { knownTests } from '../../evidence/known-tests.ts'
import { groupOfFile } from '../../plan/test-group.ts'
import type { Desk } from '../context/context.ts'
import { spentAttempts } from './escalation.ts'
import { unseenAtValidation } from '../checkout/earlier-tests.ts'
import { type FinishedWork } from './implemented.ts'
import { filesIn } from '../context/finished-work.ts'
import { measuresToRead } from './measures-of-before.ts'
import { overruledTold } from '../checkout/superseded-tests.ts'
import { testsToRead } from './tests-of-before.ts'

/** What is left to a person when everything is proven. */
export function afterwards(desk: Desk, works: readonly FinishedWork[]): string[] {
  const files = filesIn(works)
  const { dir } = desk.plan.feature
  return [
    `Review the files that were written${files.length > 0 ? ` (${files.length}, listed above)` : ''}: \`git diff\` shows what changed`,
    ...testsToRead(desk),
    ...unseenAtValidation(desk),
    ...overruledTold(desk),
    ...measuresToRead(desk),
    `Run the tests, and the application, yourself${groupsPhrase(desk)}`,
    'Mend what you find: something small by hand, then run its tests again; for anything greater take the mark of its task away, so that it is done again test first',
    'Commit: that is yours to do',
    `Then deploy, or begin the next feature; where the requirements change, change the specification of ${dir} first, then its plan and its tasks`,
  ]
}

/** What would help when something is missing. */
export function recommendations(desk: Desk): string[] {
  const failed = desk.plan.tasks.filter(({ id }) => desk.histories.get(id)?.failed)
  const last = desk.ledger.events.findLast(event => event.kind === 'validation')
  const gates = last?.kind === 'validation' ? last.gates : []
  const open = gates.filter(gate => !gate.passed).map(({ name }) => name)
  const { surface } = desk.call
  return [
    ...(failed.length > 0 ? [`Mend what stopped ${failed.map(({ id }) => id).join(', ')}`] : []),
    ...(open.length > 0 ? [`Mend what the gates found: ${open.join(', ')}`] : []),
    `To go on with the first task that is not done, ${surface.tell('next_task')}`,
    spentAttempts(desk).length > 0
      ? 'A person has to allow another validation: `redgreen allow-run` at a terminal'
      : `At the end, ${surface.tell('run_validation')}`,
  ]
}

/** The folders of each group of tests, so that each can be run by itself. */
function groupsPhrase({ ledger }: Desk): string {
  const groups = new Map<string, Set<string>>()
  for (const { file } of knownTests(ledger.events).values()) {
    const name = groupOfFile(file)
    if (name === undefined) continue
    groups.set(name, (groups.get(name) ?? new Set()).add(path.posix.dirname(file)))
  }
  const told = [...groups].map(([name, folders]) => `${name} (${[...folders].join(', ')})`)
  return told.length > 0 ? `, group by group: ${told.join(', ')}` : ''
}
