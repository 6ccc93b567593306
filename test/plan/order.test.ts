import { describe, expect, test } from 'vitest'
import { mayStart, ready, waiting } from '../../src/plan/order.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'
import { buildPlan, buildSchedule } from './build-plan.ts'
import { countReads } from './count-reads.ts'

const [P, Q] = [{ parallel: true }, { parallel: false }]
const START = buildSchedule({})

describe('within a phase', () => {
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
      waits: [{ for: 'A', why: 'it comes earlier in the phase and is not [P]' }],
    })
  })

  test('neighbouring [P] tasks may start together', () => {
    expect(ready(plan, buildSchedule({ A: 'settled' }))).toEqual(['B', 'C'])
  })

  test('a task that is not [P] waits for all earlier ones', () => {
    expect(mayStart(plan, 'D', buildSchedule({ A: 'settled', B: 'settled' }))).toEqual({
      ready: false,
      waits: [{ for: 'C', why: 'it comes earlier in the phase' }],
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

  test('settled, unverified, deferred and active tasks are not offered', () => {
    const schedule = buildSchedule({ A: 'settled', B: 'unverified', C: 'other', D: 'active' })
    expect(ready(plan, schedule)).toEqual([])
    expect(waiting(plan, schedule).map(({ id }) => id)).toEqual(['E'])
  })

  test('an unverified task may start when it is requested by id, a settled one may not', () => {
    expect(mayStart(plan, 'A', buildSchedule({ A: 'unverified' }))).toEqual({ ready: true })
    expect(mayStart(plan, 'A', buildSchedule({ A: 'settled' }))).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'it is already done' }],
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

  test('the next phase stays closed until a human confirms the finished one', () => {
    const schedule = buildSchedule({ A: 'settled' }, { closedPhases: ['One'] })
    expect(mayStart(plan, 'B', schedule)).toEqual({
      ready: false,
      waits: [{ for: 'One', why: 'a human has to confirm phase "One"' }],
    })
  })
})

describe('with dependencies', () => {
  const plan = buildPlan({
    One: [
      { id: 'A', ...P },
      { id: 'B', ...P, dependsOn: ['A'] },
    ],
  })

  test('a task waits for its dependency', () => {
    expect(mayStart(plan, 'B', START)).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'this task depends on it' }],
    })
    expect(ready(plan, buildSchedule({ A: 'settled' }))).toEqual(['B'])
  })

  test('a dependency that is only ticked by hand does not count', () => {
    expect(mayStart(plan, 'B', buildSchedule({ A: 'unverified' }))).toEqual({
      ready: false,
      waits: [{ for: 'A', why: 'ticked by hand, not proven' }],
    })
  })

  test('a dependency that the author dropped is not satisfied', () => {
    expect(mayStart(plan, 'B', buildSchedule({ A: 'other' })).ready).toBe(false)
  })

  test('a problem holds back the tasks that it blocks', () => {
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

describe('ordered by dependencies alone', () => {
  const listed = buildPlan({
    One: [
      { id: 'A', dependsOn: ['C'] },
      { id: 'B', files: ['b.ts'] },
    ],
    Two: [{ id: 'C', files: ['b.ts'] }],
  })
  const plan = { ...listed, order: 'dependencies' as const }

  test('a task waits only for its dependencies, wherever they are in the file', () => {
    expect(ready(listed, START)).toEqual([])
    expect(ready(plan, START)).toEqual(['B', 'C'])
    expect(ready(plan, buildSchedule({ C: 'settled' }))).toEqual(['A', 'B'])
    expect(mayStart(plan, 'A', START)).toEqual({
      ready: false,
      waits: [{ for: 'C', why: 'this task depends on it' }],
    })
  })

  test('tasks that are not [P] still run one at a time', () => {
    expect(ready(plan, buildSchedule({ C: 'settled', B: 'active' }))).toEqual([])
    expect(mayStart(plan, 'A', buildSchedule({ C: 'settled', B: 'active' }))).toEqual({
      ready: false,
      waits: [{ for: 'B', why: 'it is in progress, and this task is not [P]' }],
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
      waits: [{ for: 'A', why: 'it also changes a.ts' }],
    })
  })

  test('a task waits for an active one, wherever it is in the file', () => {
    expect(mayStart(plan, 'A', buildSchedule({ B: 'active' }))).toEqual({
      ready: false,
      waits: [{ for: 'B', why: 'it also changes a.ts' }],
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

  test('an active task does not wait for itself', () => {
    expect(mayStart(plan, 'A', buildSchedule({ A: 'active' }))).toEqual({ ready: true })
  })
})

test('in a halted feature only the failed task may start', () => {
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

test('in a halted feature a task that the failed one builds on may start', () => {
  const plan = buildPlan({ One: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] })
  const schedule = buildSchedule({ B: 'failed' }, { halted: { task: 'B' } })
  expect(mayStart(plan, 'A', schedule)).toEqual({ ready: true })
  expect(mayStart(plan, 'C', schedule)).toMatchObject({ ready: false })
})

test('two phases with the same name stay separate', () => {
  const plan = buildPlan({ One: [{ id: 'A' }], Two: [{ id: 'B' }] })
  for (const phase of plan.phases) phase.name = 'Fixes'
  expect(ready(plan, START)).toEqual(['A'])
})

test('an unknown task id throws', () => {
  expect(() => mayStart(buildPlan({}), 'A', START)).toThrow('no task A')
})

describe('the work', () => {
  const CALLS = { ready, waiting }

  test.each(['ready', 'waiting'] as const)(
    'of `%s` grows linearly with the number of tasks',
    call => {
      const work = (count: number) => {
        const { counted, reads } = countReads(longPlan(count))
        let statuses = 0
        const statusOf = (id: string) => {
          statuses += 1
          return START.statusOf(id)
        }
        CALLS[call](counted, { ...START, statusOf })
        return { reads: reads(), statuses }
      }
      const [small, large] = [work(1000), work(10_000)]
      expect(small.statuses).toBeGreaterThanOrEqual(1000)
      expect(large.statuses / small.statuses).toBeLessThan(10.5)
      expect(large.reads / small.reads).toBeLessThan(10.5)
    },
  )

  test('lists only a few of the earlier tasks as reasons', () => {
    const plan = longPlan(1000)
    expect(ready(plan, START)).toEqual(['T0'])
    const all = waiting(plan, START)
    expect(all).toHaveLength(999)
    expect(Math.max(...all.map(({ waits }) => waits.length))).toBe(5)
  })

  function longPlan(count: number): Plan {
    const tasks = Array.from({ length: count }, (_, at) => ({
      id: `T${at}`,
      parallel: at % 2 === 0,
      files: [`src/f${at}.ts`],
    }))
    return buildPlan({ One: tasks })
  }
})

describe('a task named after an entity', () => {
  const plan = (...more: (Partial<Task> & { id: string })[]) =>
    buildPlan({
      Core: [
        { id: 'T016', title: 'Create Message model in src/message.py', ...P },
        { id: 'T017', title: 'Create Member model that holds every Message', ...P },
        ...more,
      ],
    })

  test('waits for the task that creates the entity, even if it is [P]', () => {
    const bare = plan({ id: 'T018', title: 'Implement MessageService', ...Q })
    expect(mayStart(bare, 'T018', START)).toMatchObject({
      waits: [{ for: 'T016' }, { for: 'T017' }],
    })
    const parallel = plan({ id: 'T018', title: 'Implement MessageService', ...P })
    expect(mayStart(parallel, 'T018', START)).toEqual({
      ready: false,
      waits: [{ for: 'T016', why: 'it creates Message' }],
    })
    expect(ready(parallel, START)).toEqual(['T016', 'T017'])
    for (const flag of ['settled', 'unverified', 'other'] as const)
      expect(ready(parallel, buildSchedule({ T016: flag }))).toContain('T018')
  })

  test('does not wait if two tasks create the entity, or if it is only mentioned', () => {
    const others = plan(
      { id: 'A', title: 'Add the Message list to src/MessageService/index.ts', ...P },
      { id: 'B', title: 'Create Member entity for the archive', ...P },
      { id: 'C', title: 'Create MemberRepository', ...P },
      { id: 'D', title: 'Implement UserService', ...P },
      { id: 'E', title: 'Contract test for MessageService', kind: 'test', ...P },
    )
    expect(ready(others, START)).toEqual(['T016', 'T017', 'A', 'B', 'C', 'D', 'E'])
  })

  test('does not wait if the plan says the opposite, directly or indirectly', () => {
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
