import { latestResults } from '../../evidence/latest-results.ts'
import type { Task } from '../../plan/plan.ts'
import { testGroupOfFile, testGroupNames } from '../../plan/test-group.ts'
import { capitalize } from '../context/capitalize.ts'
import type { Context } from '../context/context.ts'
import { isFinished, phaseOf } from '../context/phases.ts'
import { countOf } from '../../plan/format-list.ts'

/** The latest results of a group of the feature's tests, such as the contract tests. */
export interface TestGroupCounts {
  name: string
  passed: number
  total: number
  /** Files whose tests could not be loaded yet, so that the number of their tests is unknown. */
  unloaded: number
}

/** The groups that the recorded tests of the feature belong to. A test in no group is left out. */
export function testGroups({ ledger, pendingTests }: Context): TestGroupCounts[] {
  const groups = new Map<string, TestGroupCounts>()
  const groupOf = (file: string): TestGroupCounts => {
    const name = testGroupOfFile(file) ?? ''
    const group = groups.get(name) ?? { name, passed: 0, total: 0, unloaded: 0 }
    groups.set(name, group)
    return group
  }
  for (const { file, passed } of latestResults(ledger.events).values()) {
    const group = groupOf(file)
    group.total += 1
    if (passed) group.passed += 1
  }
  for (const file of pendingTests.files.keys()) groupOf(file).unloaded += 1
  return testGroupNames.flatMap(name => groups.get(name) ?? [])
}

/** The messages after the last task of a phase that writes code: how many tests of each group pass. */
export function groupsAfter(context: Context, task: Task): string[] {
  const phase = phaseOf(context.plan, task)
  if (!phase || !CODE_PHASES.has(phase.category) || !isFinished(context, phase)) return []
  return testGroups(context).map(({ name, passed, total, unloaded }) => {
    const allPass = passed === total && unloaded === 0
    const rest = unloaded > 0 ? `, and ${countOf(unloaded, 'file')} that cannot be loaded yet` : ''
    return `${allPass ? '✓' : '⚠'} ${capitalize(name)} tests passing: ${passed}/${total}${rest}`
  })
}

/** No test starts to pass in a phase that sets the project up or writes tests in advance. */
const CODE_PHASES = new Set(['core', 'integration', 'polish', 'work'])
