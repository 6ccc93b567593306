import { expect, test } from 'vitest'
import { dependencyProblems } from '../../src/plan/dependencies.ts'
import type { Task } from '../../src/plan/plan.ts'
import { buildTask } from './build-plan.ts'

function tasks(graph: Record<string, string[]>): Task[] {
  return Object.entries(graph).map(([id, dependsOn]) => buildTask('One', { id, dependsOn }))
}

function blocked(graph: Record<string, string[]>): (string[] | undefined)[] {
  return dependencyProblems(tasks(graph)).map(({ blocks }) => blocks)
}

test('a plan without circles and with all ids has no problem', () => {
  expect(blocked({ A: [], B: ['A'], C: ['A', 'B'], D: ['B', 'C'] })).toEqual([])
})

test('a dependency that does not exist blocks the task that has it', () => {
  expect(dependencyProblems(tasks({ A: ['Y', 'Z'], B: ['A'] }))).toEqual([
    {
      path: 'tasks.md',
      line: 1,
      text: 'A depends on Y, Z, which the plan does not have.',
      blocks: ['A'],
    },
  ])
})

test('tasks that wait for each other are blocked together, in the order of the file', () => {
  expect(blocked({ A: ['C'], B: ['A'], C: ['B'], D: ['A'] })).toEqual([['A', 'B', 'C']])
})

test('circles that do not touch are two problems', () => {
  expect(blocked({ A: ['B'], B: ['A'], C: ['D'], D: ['C'] })).toEqual([
    ['A', 'B'],
    ['C', 'D'],
  ])
})

test('a task that waits for itself is a circle', () => {
  expect(blocked({ A: ['A'] })).toEqual([['A']])
})

test('a chain of 20,000 tasks is followed without running out of stack', () => {
  const all = Array.from({ length: 20_000 }, (_, at) =>
    buildTask('One', { id: `T${at}`, dependsOn: [`T${(at + 1) % 20_000}`] }),
  )
  const started = performance.now()
  expect(dependencyProblems(all)[0]?.blocks).toHaveLength(20_000)
  expect(performance.now() - started).toBeLessThan(1000)
})
