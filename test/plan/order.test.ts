import { describe, expect, test } from 'vitest'
import { mayStart, ready, waiting } from '../../src/plan/order.ts'
import type { Task } from '../../src/plan/plan.ts'
import { buildPlan, buildSchedule } from './build-plan.ts'

const [P, Q] = [{ parallel: true }, { parallel: false }]
const START = buildSchedule({})

describe('in its phase', () => {
  const plan = buildPlan({
    One: [
      { id: 'A', ...Q },
      { id: 'B', ...P },
      { id: 'C', ...P },
      { id: 'D', ...Q },
      { id: 'E', ...P },
    ],
  })

  test('a task waits for an earlier one that is not [P]', () => {
    expect(ready(plan, START)).toEqual(['A'])
    expect(mayStart(plan, 'B', START)).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'it stands earlier and is not [P]' }],
    })
  })

  test('[P] tasks side by side may start together', () => {
    expect(ready(plan, buildSchedule({ A: 'settled' }))).toEqual(['B', 'C'])
  })

  test('a task that is not [P] waits for all earlier ones', () => {
    expect(mayStart(plan, 'D', buildSchedule({ A: 'settled', B: 'settled' }))).toEqual({
      ready: false,
      waits: [{ for: 'C', why: 'it stands earlier' }],
    })
  })

  test.each(['settled', 'unverified', 'other'] as const)(
    'an earlier task that is %s is finished',
    flag => {
      expect(ready(plan, buildSchedule({ A: flag }))).toEqual(['B', 'C'])
    },
  )

  test.each(['active', 'failed'] as const)('an earlier task that is %s is not finished', flag => {
    expect(mayStart(plan, 'B', buildSchedule({ A: flag })).ready).toBe(false)
  })

  test('what is settled, claimed, deferred or in work is not offered', () => {
    const schedule = buildSchedule({ A: 'settled', B: 'unverified', C: 'other', D: 'active' })
    expect(ready(plan, schedule)).toEqual([])
    expect(waiting(plan, schedule).map(({ id }) => id)).toEqual(['E'])
  })

  test('a claimed task may be proven when it is asked for by id, a settled one may not', () => {
    expect(mayStart(plan, 'A', buildSchedule({ A: 'unverified' }))).toEqual({ ready: true })
    expect(mayStart(plan, 'A', buildSchedule({ A: 'settled' }))).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'it is done' }],
    })
  })

  test('[P] tasks that failed come last', () => {
    expect(ready(plan, buildSchedule({ A: 'settled', B: 'failed' }))).toEqual(['C', 'B'])
  })
})

describe('across phases', () => {
  const plan = buildPlan({ One: [{ id: 'A' }], Two: [{ id: 'B' }], Three: [{ id: 'C', ...P }] })

  test('a task waits for the first unfinished phase before its own', () => {
    expect(mayStart(plan, 'C', buildSchedule({ A: 'settled' }))).toEqual({
      ready: false,
      waits: [{ for: 'B', why: 'phase "Two" comes first' }],
    })
  })

  test.each(['settled', 'unverified', 'other'] as const)(
    'a phase whose tasks are %s is finished',
    flag => {
      expect(ready(plan, buildSchedule({ A: flag }))).toEqual(['B'])
    },
  )

  test('a finished phase that waits for a person keeps the next one closed', () => {
    const schedule = buildSchedule({ A: 'settled' }, { closedPhases: ['One'] })
    expect(mayStart(plan, 'B', schedule)).toEqual({
      ready: false,
      waits: [{ for: 'One', why: 'phase "One" waits for a person\'s look' }],
    })
  })
})

describe('by what the plan says', () => {
  const plan = buildPlan({
    One: [
      { id: 'A', ...P },
      { id: 'B', ...P, dependsOn: ['A'] },
    ],
  })

  test('a task waits for its dependency', () => {
    expect(mayStart(plan, 'B', START)).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'it depends on it' }],
    })
    expect(ready(plan, buildSchedule({ A: 'settled' }))).toEqual(['B'])
  })

  test('a dependency that is only ticked by hand does not count', () => {
    expect(mayStart(plan, 'B', buildSchedule({ A: 'unverified' }))).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'ticked by hand, not proven' }],
    })
  })

  test('a dependency that the author dropped is not done either', () => {
    expect(mayStart(plan, 'B', buildSchedule({ A: 'other' })).ready).toBe(false)
  })

  test('a problem keeps the tasks back that it blocks', () => {
    const broken = {
      ...plan,
      problems: [
        { path: 'tasks.md', line: 3, text: 'A depends on Z.', blocks: ['A'] },
        { path: 'spec.md', line: 1, text: 'spec.md is missing.' },
      ],
    }
    expect(mayStart(broken, 'A', START)).toEqual({
      ready: false,
      waits: [{ for: 'tasks.md:3', why: 'A depends on Z.' }],
    })
    expect(mayStart(broken, 'B', buildSchedule({ A: 'settled' })).ready).toBe(true)
  })
})

describe('by dependencies alone', () => {
  const listed = buildPlan({
    One: [
      { id: 'A', dependsOn: ['C'] },
      { id: 'B', files: ['b.ts'] },
    ],
    Two: [{ id: 'C', files: ['b.ts'] }],
  })
  const plan = { ...listed, order: 'dependencies' as const }

  test('a task waits for what it names, wherever that stands, and for nothing else', () => {
    expect(ready(listed, START)).toEqual([])
    expect(ready(plan, START)).toEqual(['B', 'C'])
    expect(ready(plan, buildSchedule({ C: 'settled' }))).toEqual(['A', 'B'])
    expect(mayStart(plan, 'A', START)).toEqual({
      ready: false,
      waits: [{ for: 'C', why: 'it depends on it' }],
    })
  })

  test('tasks that are not [P] are still done one at a time', () => {
    expect(ready(plan, buildSchedule({ C: 'settled', B: 'active' }))).toEqual([])
    expect(mayStart(plan, 'A', buildSchedule({ C: 'settled', B: 'active' }))).toEqual({
      ready: false,
      waits: [{ for: 'B', why: 'it is in work, and they are not [P]' }],
    })
    expect(mayStart(plan, 'B', buildSchedule({ B: 'active' }))).toEqual({ ready: true })
  })
})

describe('on the same file', () => {
  const plan = buildPlan({
    One: [
      { id: 'A', ...P, files: ['a.ts'] },
      { id: 'B', ...P, files: ['b.ts', 'a.ts'] },
    ],
    Two: [{ id: 'C', ...P, files: ['c.ts'] }],
  })

  test('a later task of the phase waits, even when both are [P]', () => {
    expect(mayStart(plan, 'B', START)).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'it changes a.ts too' }],
    })
  })

  test('a task waits for the one that is in work, wherever it stands', () => {
    expect(mayStart(plan, 'A', buildSchedule({ B: 'active' }))).toEqual({
      ready: false,
      waits: [{ for: 'B', why: 'it changes a.ts too' }],
    })
  })

  test('two tasks may work in the same folder', () => {
    const shared = buildPlan({
      One: [
        { id: 'A', ...P, files: ['src/'] },
        { id: 'B', ...P, files: ['src/'] },
      ],
    })
    expect(ready(shared, START)).toEqual(['A', 'B'])
    expect(ready(shared, buildSchedule({ A: 'active' }))).toEqual(['B'])
  })

  test('a task in work does not wait for itself', () => {
    expect(mayStart(plan, 'A', buildSchedule({ A: 'active' }))).toEqual({ ready: true })
  })
})

test('a halted feature lets only the failed task start again', () => {
  const plan = buildPlan({
    One: [
      { id: 'A', ...P },
      { id: 'B', ...P },
    ],
  })
  const schedule = buildSchedule({ A: 'failed' }, { halted: { task: 'A' } })
  expect(mayStart(plan, 'A', schedule)).toEqual({ ready: true })
  expect(mayStart(plan, 'B', schedule)).toEqual({
    ready: false,
    waits: [{ for: 'A', why: 'it failed and is not [P]' }],
  })
})

test('two phases of the same name are two phases', () => {
  const plan = buildPlan({ One: [{ id: 'A' }], Two: [{ id: 'B' }] })
  for (const phase of plan.phases) phase.name = 'Fixes'
  expect(ready(plan, START)).toEqual(['A'])
})

test('a task that the plan does not have is a fault of the caller', () => {
  expect(() => mayStart(buildPlan({}), 'A', START)).toThrow('no task A')
})

test('20,000 tasks are looked through in under 100 ms', () => {
  const tasks = Array.from({ length: 20_000 }, (_, at) => ({
    id: `T${at}`,
    parallel: at % 2 === 0,
    files: [`src/f${at}.ts`],
  }))
  const plan = buildPlan({ One: tasks })
  // The quickest of several, because other programs run on the same machine.
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now()
    ready(plan, START)
    return performance.now() - started
  })
  expect(ready(plan, START)).toEqual(['T0'])
  expect(waiting(plan, START)).toHaveLength(19_999)
  expect(Math.min(...times)).toBeLessThan(100)
})

describe('what is named after an entity', () => {
  const plan = (...more: (Partial<Task> & { id: string })[]) =>
    buildPlan({
      Core: [
        { id: 'T016', title: 'Create Message model in src/message.py', ...P },
        { id: 'T017', title: 'Create Room model that holds every Message', ...P },
        ...more,
      ],
    })

  test('waits for the task that makes the entity, by its place or although it is [P]', () => {
    const bare = plan({ id: 'T018', title: 'Implement MessageService', ...Q })
    expect(mayStart(bare, 'T018', START)).toMatchObject({
      waits: [{ for: 'T016' }, { for: 'T017' }],
    })
    const parallel = plan({ id: 'T018', title: 'Implement MessageService', ...P })
    expect(mayStart(parallel, 'T018', START)).toEqual({
      ready: false,
      waits: [{ for: 'T016', why: 'it makes Message' }],
    })
    expect(ready(parallel, START)).toEqual(['T016', 'T017'])
    for (const flag of ['settled', 'unverified', 'other'] as const)
      expect(ready(parallel, buildSchedule({ T016: flag }))).toContain('T018')
  })

  test('waits for nothing else: not where two tasks make it, nor for what is only mentioned', () => {
    const others = plan(
      { id: 'A', title: 'Add the Message list to src/MessageService/index.ts', ...P },
      { id: 'B', title: 'Create Room entity for the archive', ...P },
      { id: 'C', title: 'Create RoomRepository', ...P },
      { id: 'D', title: 'Implement UserService', ...P },
      { id: 'E', title: 'Contract test for MessageService', kind: 'test', ...P },
    )
    expect(ready(others, START)).toEqual(['T016', 'T017', 'A', 'B', 'C', 'D', 'E'])
  })

  test('does not wait where the plan says the opposite, be it by way of others', () => {
    const around = buildPlan({
      Core: [
        { id: 'T016', title: 'Create Message model', ...P, dependsOn: ['T017'] },
        { id: 'T017', title: 'Write the queue', ...P, dependsOn: ['T018', 'T016'] },
        { id: 'T018', title: 'Implement MessageService', ...P },
      ],
    })
    expect(ready(around, START)).toEqual(['T018'])
  })
})
