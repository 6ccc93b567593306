import { describe, expect, test } from 'vitest'
import { groupState } from '../../src/plan/groups.ts'
import { mayStart, ready, type TaskStatus } from '../../src/plan/order.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'
import { progressOf } from '../../src/plan/progress.ts'

const TODO: TaskStatus = {
  settled: false,
  unverified: false,
  active: false,
  failed: false,
  other: false,
}

function task(id: string, more: Partial<Task> = {}): Task {
  return {
    id,
    title: id,
    phase: '',
    kind: 'build',
    kindReason: '',
    parallel: false,
    files: [],
    dependsOn: [],
    acceptance: [],
    location: { path: 'tasks.md', line: 1 },
    markers: [],
    ...more,
  }
}

const GROUP = task('1', { parts: ['1.1', '1.2'] })
const PARTS = [task('1.1'), task('1.2', { optional: true })]
const LAST = task('2', { dependsOn: ['1', '1.2'] })
const PLAN: Plan = {
  feature: { id: 'a', title: 'a', dialect: 'kiro', dir: 'a' },
  phases: [{ name: '', category: 'work', line: 0, tasks: ['1', '1.1', '1.2', '2'] }],
  tasks: [GROUP, ...PARTS, LAST],
  documents: [],
  problems: [],
}

const schedule = (settled: readonly string[]) => ({
  statusOf: (id: string) => ({
    ...TODO,
    settled: settled.includes(id),
    other: id === '1' || id === '1.2',
  }),
  closedPhases: [],
})

describe('a group of tasks', () => {
  test('is not started itself, and nothing but its needed parts waits', () => {
    expect(ready(PLAN, schedule([]))).toEqual(['1.1'])
    expect(mayStart(PLAN, '1', schedule([]))).toMatchObject({
      waits: [{ for: '1.1', why: 'it is a part of 1' }, { for: '1.2' }],
    })
    expect(mayStart(PLAN, '1.2', schedule(['1.1']))).toEqual({ ready: true })
  })

  test('holds back what depends on it until it is done, an optional task does not', () => {
    expect(ready(PLAN, schedule(['1.1']))).toEqual([])
    expect(ready(PLAN, schedule(['1', '1.1']))).toEqual(['2'])
  })

  test('that another task depends on is waited for by its parts, because nobody works on the group', () => {
    const inner = task('1.3', { parts: ['1.3.1'] })
    const parts = [...PARTS, inner, task('1.3.1'), task('1.4')]
    const group = { ...GROUP, parts: ['1.1', '1.2', '1.3', '1.4'] }
    const tasks = [group, ...parts, LAST]
    const phases = [
      { name: '', category: 'work' as const, line: 0, tasks: tasks.map(({ id }) => id) },
    ]
    const plan = { ...PLAN, tasks, phases, order: 'dependencies' as const }
    const flags: Record<string, Partial<TaskStatus>> = {
      '1': { other: true },
      '1.1': { unverified: true },
      '1.2': { other: true },
      '1.3': { other: true },
      '1.4': { settled: true },
    }
    const statusOf = (id: string) => ({ ...TODO, ...flags[id] })
    expect(mayStart(plan, '2', { statusOf, closedPhases: [] })).toEqual({
      ready: false,
      waits: [
        { for: '1.1', why: 'ticked by hand, not proven' },
        { for: '1.3.1', why: 'this task depends on 1, and it is a part of that' },
      ],
    })
  })

  test('or a task that was dropped holds back what depends on it, and the reason says so', () => {
    const plan = { ...PLAN, tasks: [task('1.1'), task('2', { dependsOn: ['1.1'] })] }
    const statusOf = (id: string) => ({ ...TODO, other: id === '1.1' })
    expect(mayStart(plan, '2', { statusOf, closedPhases: [] })).toMatchObject({
      waits: [{ for: '1.1', why: 'this task depends on it, and the plan drops it' }],
    })
  })

  test.each([
    ['every needed part is done', { '1.1': 'settled' }, true, true],
    ['nothing is done', {}, false, false],
    ['a part is only ticked', { '1.1': 'unverified' }, false, true],
  ] as const)(
    'follows from its parts: %s',
    (_, states: Record<string, string>, done, isCovered) => {
      const state = groupState(PARTS, id => ({
        settled: states[id] === 'settled',
        unverified: states[id] === 'unverified',
      }))
      expect(state).toEqual({ done, isCoveredByTicks: isCovered })
    },
  )

  test('of optional parts alone is never done by doing nothing', () => {
    const none = { settled: false, unverified: false }
    expect(groupState([task('1.1', { optional: true })], () => none).done).toBe(false)
  })
})

test('an optional task counts in the progress only when it is done', () => {
  const facts = (done: readonly string[]) => (id: string) => ({
    done: done.includes(id),
    claimed: false,
    waived: false,
    owed: false,
  })
  expect(progressOf(PLAN, facts(['1', '1.1', '2']))).toMatchObject({ total: 3, percent: 100 })
  expect(progressOf(PLAN, facts(['1', '1.1', '1.2', '2']))).toMatchObject({ total: 4 })
})
