import { expect, test } from 'vitest'
import { dependencyProblems } from '../../src/plan/dependencies.ts'
import type { Task } from '../../src/plan/plan.ts'
import { buildTask } from './build-plan.ts'
import { countReads } from './count-reads.ts'

function tasks(graph: Record<string, string[]>): Task[] {
  return Object.entries(graph).map(([id, dependsOn]) => buildTask('One', { id, dependsOn }))
}

function blocked(graph: Record<string, string[]>): (string[] | undefined)[] {
  return dependencyProblems(tasks(graph)).map(({ blocks }) => blocks)
}

test('a plan without cycles and unknown ids has no problem', () => {
  expect(blocked({ A: [], B: ['A'], C: ['A', 'B'], D: ['B', 'C'] })).toEqual([])
})

test('an unknown dependency blocks the task that names it', () => {
  expect(dependencyProblems(tasks({ A: ['Y', 'Z'], B: ['A'] }))).toEqual([
    {
      path: 'tasks.md',
      line: 1,
      text: 'A depends on Y, Z, which the plan does not have.',
      blocks: ['A'],
    },
  ])
})

test('tasks in a cycle are blocked together, in file order', () => {
  expect(blocked({ A: ['C'], B: ['A'], C: ['B'], D: ['A'] })).toEqual([['A', 'B', 'C']])
})

test('separate cycles are separate problems', () => {
  expect(blocked({ A: ['B'], B: ['A'], C: ['D'], D: ['C'] })).toEqual([
    ['A', 'B'],
    ['C', 'D'],
  ])
})

test('a task that depends on itself is a cycle', () => {
  expect(blocked({ A: ['A'] })).toEqual([['A']])
})

test('a chain of 20,000 tasks does not exhaust the stack', () => {
  expect(dependencyProblems(chain(20_000))[0]?.blocks).toHaveLength(20_000)
})

test('the work grows linearly with the number of tasks', () => {
  const work = (count: number) => {
    const { counted, reads } = countReads(chain(count))
    dependencyProblems(counted)
    return reads()
  }
  expect(work(10_000) / work(1000)).toBeLessThan(10.5)
})

/** A cycle through all of `count` tasks. */
function chain(count: number): Task[] {
  return Array.from({ length: count }, (_, at) =>
    buildTask('One', { id: `T${at}`, dependsOn: [`T${(at + 1) % count}`] }),
  )
}
