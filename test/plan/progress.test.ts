import { expect, test } from 'vitest'
import { progressOf, type TaskFacts } from '../../src/plan/progress.ts'
import { buildPlan } from './build-plan.ts'

const NOTHING: TaskFacts = { done: false, claimed: false, waived: false, owed: false }

function progress(count: number, facts: Record<string, Partial<TaskFacts>>) {
  const ids = Array.from({ length: count }, (_, at) => ({ id: `T${at}` }))
  const plan = buildPlan({ One: ids.slice(0, 2), Two: ids.slice(2) })
  return progressOf(plan, id => ({ ...NOTHING, ...facts[id] }))
}

test('done and waived tasks count, tasks ticked by hand do not', () => {
  expect(
    progress(4, { T0: { done: true, owed: true }, T1: { claimed: true }, T2: { waived: true } }),
  ).toEqual({
    done: 2,
    total: 4,
    percent: 50,
    claimed: 1,
    waived: 1,
    owed: 1,
    phases: [
      { name: 'One', done: 1, total: 2 },
      { name: 'Two', done: 1, total: 2 },
    ],
  })
})

test('a task that is done and ticked does not count as claimed', () => {
  expect(progress(1, { T0: { done: true, claimed: true } }).claimed).toBe(0)
})

test('the percentage is rounded', () => {
  expect(progress(3, { T0: { done: true } }).percent).toBe(33)
  expect(progress(3, { T0: { done: true }, T1: { done: true } }).percent).toBe(67)
})

test('100 percent means that all tasks are done', () => {
  const almost = Object.fromEntries(
    Array.from({ length: 399 }, (_, at) => [`T${at}`, { done: true }]),
  )
  expect(progress(400, almost).percent).toBe(99)
  expect(progress(2, { T0: { done: true }, T1: { done: true } }).percent).toBe(100)
  expect(progress(0, {}).percent).toBe(0)
})

test('tasks of the same id count once, and a phase may name tasks that the plan does not have', () => {
  const plan = buildPlan({ One: [{ id: 'T0' }, { id: 'T0' }], Two: [{ id: 'T1' }] })
  const phases = plan.phases.map(phase => ({ ...phase, tasks: [...phase.tasks, 'T9'] }))
  const {
    done,
    total,
    phases: counted,
  } = progressOf({ ...plan, phases }, id => ({
    ...NOTHING,
    done: id === 'T0',
  }))
  expect({ done, total }).toEqual({ done: 1, total: 2 })
  expect(counted.map(({ name, done }) => [name, done])).toEqual([
    ['One', 2],
    ['Two', 0],
  ])
})
