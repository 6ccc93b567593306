import { knownTests } from '../../evidence/known-tests.ts'
import type { Task } from '../../plan/plan.ts'
import { testGroupOfFile, testGroupNames } from '../../plan/test-group.ts'
import type { Context } from '../context/context.ts'
import { isFinished, phaseOf } from '../context/phases.ts'

/** A group of the feature's own tests, such as the contract tests, as they were seen last. */
export interface GroupSeen {
  name: string
  passed: number
  total: number
  /** Files whose tests could not be loaded yet, so that nobody knows how many there are. */
  unloaded: number
}

/** The groups that the witnessed tests of the feature belong to; a test in no group is left out. */
export function testGroups({ ledger, pendingTests: owed }: Context): GroupSeen[] {
  const groups = new Map<string, GroupSeen>()
  const at = (file: string): GroupSeen => {
    const name = testGroupOfFile(file) ?? ''
    const group = groups.get(name) ?? { name, passed: 0, total: 0, unloaded: 0 }
    groups.set(name, group)
    return group
  }
  for (const { file, passed } of knownTests(ledger.events).values()) {
    const group = at(file)
    group.total += 1
    if (passed) group.passed += 1
  }
  for (const file of owed.files.keys()) at(file).unloaded += 1
  return testGroupNames.flatMap(name => groups.get(name) ?? [])
}

/** What is said when a phase that builds is over: how many tests of each group pass by now. */
export function groupsAfter(context: Context, task: Task): string[] {
  const phase = phaseOf(context.plan, task)
  if (!phase || !BUILDS.has(phase.category) || !isFinished(context, phase)) return []
  return testGroups(context).map(({ name, passed, total, unloaded }) => {
    const all = passed === total && unloaded === 0
    const rest = unloaded > 0 ? `, and ${unloaded} files that cannot be loaded yet` : ''
    return `${all ? '✓' : '⚠'} ${capital(name)} tests passing: ${passed}/${total}${rest}`
  })
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Setting up and writing tests ahead make no test pass. */
const BUILDS = new Set(['core', 'integration', 'polish', 'work'])
