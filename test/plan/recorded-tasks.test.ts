import { describe, expect, it } from 'vitest'
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

describe('the description of a task in a group', () => {
  const AROUND = 'Part of 1, Store: One file.'
  const differences = (before: string, now: string) => {
    const record = (description: string) =>
      planRecord(buildPlan({ One: [{ id: '1.1', title: 'Save', description }] }), undefined)
    return planChanges(record(before), record(now)).map(({ text }) => text)
  }

  it.each([
    [`As JSON.\n\n${AROUND}`, `As JSON.\nWith a date.\n\n${AROUND}`],
    [`As JSON.\n\n${AROUND}`, `As JSON.\n\n${AROUND}\nFor each lamp.`],
    [AROUND, `As JSON.\n\n${AROUND}`],
    ['As JSON.', `As JSON.\n\n${AROUND}`],
  ])('may say more at its end, and at the end of what the group says: %j, %j', (before, now) => {
    expect(differences(before, now)).toEqual([])
  })

  it.each([
    [`As JSON.\n\n${AROUND}`, `As text.\n\n${AROUND}`],
    [`As JSON.\n\n${AROUND}`, AROUND],
    [`As JSON.\n\n${AROUND}`, 'As JSON.'],
    [`As JSON.\n\n${AROUND}`, 'As JSON.\n\nPart of 1, Store: Nothing.'],
  ])('may not say less or something else: %j, %j', (before, now) => {
    expect(differences(before, now)).toEqual(['1.1 "Save" has another description'])
  })
})

describe('a task that is divided', () => {
  const BEFORE = [
    { id: '5', title: 'Add invoices' },
    { id: '6', title: 'Add vouchers' },
  ]
  const group = (parts: string[]) =>
    ({ id: '5', title: 'Add invoices', kind: 'check', parts }) as const
  const TEST = { id: '5.1', title: 'Write the tests', kind: 'test' } as const
  const CODE = { id: '5.2', title: 'Add the number' } as const
  const differences = (tasks: (Partial<Task> & { id: string })[]) =>
    planChanges(
      planRecord(buildPlan({ One: BEFORE }), undefined),
      planRecord(buildPlan({ One: tasks }), undefined),
    ).map(({ text }) => text)
  const LESS = ['5 "Add invoices" was a build task and is a check task']
  const others = BEFORE.slice(1)

  it('asks for no less if new sub-tasks build it', () => {
    expect(differences([group(['5.1', '5.2']), TEST, CODE, ...others])).toEqual([])
  })

  it('asks for no less if the sub-tasks of a sub-task build it', () => {
    const outer = { ...group(['5.1.1']), id: '5.1', title: 'The number' }
    const inner = { id: '5.1.1', title: 'Add the number' }
    expect(differences([group(['5.1']), outer, inner, ...others])).toEqual([])
  })

  it('asks for less if no sub-task builds anything', () => {
    const document = { ...CODE, kind: 'check' } as const
    expect(differences([group(['5.2']), document, ...others])).toEqual(LESS)
    expect(differences([group(['5.1']), TEST, ...others])).toEqual(LESS)
    expect(differences([group(['5.2']), { ...CODE, optional: true }, ...others])).toEqual(LESS)
  })

  it('asks for less if its only sub-tasks are tasks that were there before', () => {
    expect(differences([group(['6']), ...others])).toEqual(LESS)
  })

  it('asks for less if its sub-tasks are gone again, and it stays as it was divided', () => {
    const { parts: _, ...alone } = group([])
    expect(differences([alone, ...others])).toEqual(LESS)
    expect(differences([group([]), ...others])).toEqual(LESS)
  })

  it('asks for less if the divided plan was agreed, and a sub-task is gone', () => {
    const agreed = planRecord(
      buildPlan({ One: [group(['5.1', '5.2']), TEST, CODE, ...others] }),
      undefined,
    )
    const now = planRecord(buildPlan({ One: [group(['5.1']), TEST, ...others] }), undefined)
    expect(planChanges(agreed, now).map(({ text }) => text)).toEqual([
      '5.2 "Add the number" is gone',
    ])
  })
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
