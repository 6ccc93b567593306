import { array, assert, boolean, constantFrom, nat, property, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { mayStart, nearestWaiting, ready, waiting } from '../../src/plan/order.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { ScheduleState } from '../../src/plan/schedule-index.ts'
import { buildPlan, buildSchedule } from './build-plan.ts'
import { countReads } from './count-reads.ts'

const flags = constantFrom(
  ...(['settled', 'settled', 'unverified', 'active', 'failed', 'other'] as const),
)
const titles = constantFrom(
  'Create User model',
  'Implement UserService',
  'Create Post model',
  'Add push',
)
const tasks = record({
  title: titles,
  parallel: boolean(),
  isOpen: boolean(),
  flag: flags,
  files: subarray(['a.ts', 'b.ts', 'src/']),
  dependsOn: array(nat(9), { maxLength: 1 }),
})
const plansInProgress = record({
  order: constantFrom('file' as const, 'dependencies' as const),
  phases: array(array(tasks, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  isClosed: boolean(),
  halted: nat(11),
  isHalted: boolean(),
  isHeld: boolean(),
}).map(({ order, phases, isClosed, halted, isHalted, isHeld }) => {
  let number = 0
  const numbered = phases.map(all => all.map(one => ({ ...one, id: `T${number++}` })))
  const plan: Plan = {
    ...buildPlan(
      Object.fromEntries(
        numbered.map((all, at) => [
          `Phase ${at}`,
          all.map(({ id, title, parallel, files, dependsOn }) => ({
            id,
            title,
            parallel,
            files,
            dependsOn: dependsOn.map(at => `T${at}`),
          })),
        ]),
      ),
    ),
    order,
  }
  const marked = numbered.flat().flatMap(({ id, flag, isOpen }) => (isOpen ? [] : [[id, flag]]))
  const schedule: ScheduleState = {
    ...buildSchedule(Object.fromEntries(marked), {
      closedPhases: isClosed ? ['Phase 0'] : [],
      ...(isHalted && { halted: { task: `T${halted}` } }),
    }),
    ...(isHeld && { heldFiles: new Map([['b.ts', 'T001 of other']]) }),
  }
  return { plan, schedule }
})

test('the tasks that may start are those that wait for nothing', () => {
  assert(
    property(plansInProgress, ({ plan, schedule }) => {
      const todo = plan.tasks.filter(({ id }) => {
        const { settled, unverified, other, active } = schedule.statusOf(id)
        return !(settled || unverified || other || active)
      })
      const free = todo.filter(({ id }) => mayStart(plan, id, schedule).ready).map(({ id }) => id)
      expect(ready(plan, schedule).toSorted()).toEqual(free.toSorted())
    }),
    { numRuns: 1000 },
  )
})

test('the nearest waiting tasks are the first of all, and all are counted', () => {
  assert(
    property(plansInProgress, nat(4), ({ plan, schedule }, most) => {
      const all = waiting(plan, schedule)
      const { nearest, count } = nearestWaiting(plan, schedule, most)
      expect({ nearest, count }).toEqual({ nearest: all.slice(0, most), count: all.length })
    }),
    { numRuns: 1000 },
  )
})

test('what follows from a plan and a schedule is derived once', () => {
  const all = Array.from({ length: 2000 }, (_, at) => ({ id: `T${at}`, files: [`src/${at}.ts`] }))
  const { counted, reads } = countReads(buildPlan({ One: all }))
  let statuses = 0
  const { statusOf, closedPhases } = buildSchedule({ T0: 'settled' })
  const schedule = {
    closedPhases,
    statusOf: (id: string) => {
      statuses += 1
      return statusOf(id)
    },
  }
  ready(counted, schedule)
  nearestWaiting(counted, schedule, 5)
  const [before, asked] = [reads(), statuses]
  expect(ready(counted, schedule)).toEqual(['T1'])
  expect(nearestWaiting(counted, schedule, 5).count).toBe(1998)
  expect(mayStart(counted, 'T1', schedule)).toEqual({ ready: true })
  // The reasons of five tasks, and the words of their titles.
  expect(reads() - before).toBeLessThan(400)
  expect(statuses - asked).toBeLessThan(5)
})

test('the reasons of far tasks are not derived', () => {
  const all = Array.from({ length: 500 }, (_, at) => ({ id: `T${at}`, files: [`src/${at}.ts`] }))
  const { counted, reads } = countReads(buildPlan({ One: all }))
  const schedule = buildSchedule({})
  ready(counted, schedule)
  const indexed = reads()
  nearestWaiting(counted, schedule, 5)
  expect(reads() - indexed).toBeLessThan(500)
})
