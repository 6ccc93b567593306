import { expect, it } from 'vitest'
import { planChanges, planRecord } from '../../src/plan/plan-record.ts'
import type { Task } from '../../src/plan/plan.ts'
import { buildPlan } from './build-plan.ts'
import { countReads } from './count-reads.ts'

const TASKS = Array.from({ length: 300 }, (_, at) => ({
  id: `T${at}`,
  title: `Add part ${at}`,
  description: 'It is small.',
  files: [`src/${at}.ts`],
  acceptance: ['It works.'],
}))

const planWith = (change: (task: (typeof TASKS)[number]) => Partial<Task>) =>
  buildPlan({ One: TASKS.map(task => ({ ...task, ...change(task) })) })

const agreed = planRecord(
  planWith(() => ({})),
  undefined,
)

const changes = (change: (task: (typeof TASKS)[number]) => Partial<Task>) =>
  planChanges(structuredClone(agreed), planRecord(planWith(change), undefined))

it.each<[string, Partial<Task>]>([
  ['says "Add something else" now', { title: 'Add something else' }],
  ['no longer names src/7.ts', { files: [] }],
  ['has another description', { description: 'It is large.' }],
  ['was a build task and is a check task', { kind: 'check' }],
  ['lost or changed the criterion "It works."', { acceptance: [] }],
  ['was dropped or deferred', { optional: true }],
])('a task that %s is found among many', (text, change) => {
  expect(changes(({ id }) => (id === 'T7' ? change : {}))).toEqual([
    { task: 'T7', text: `T7 "Add part 7" ${text}` },
  ])
})

it('a plan that was compared is not compared again', () => {
  const { counted, reads } = countReads(planWith(() => ({})))
  expect(planChanges(agreed, planRecord(counted, undefined))).toEqual([])
  const first = reads()
  expect(planChanges(agreed, planRecord(counted, undefined))).toEqual([])
  expect(reads() - first).toBeLessThan(10)
})

it('a plan with another mark is recorded by reading that task alone', () => {
  const plan = planWith(() => ({}))
  const { counted, reads } = countReads(plan)
  planRecord(counted, undefined)
  const [, ...others] = counted.tasks
  const first = reads()
  planRecord({ ...plan, tasks: [structuredClone(plan.tasks[0] ?? fail()), ...others] }, undefined)
  expect(reads() - first).toBe(0)
})

function fail(): never {
  throw new Error('the plan has no task')
}
