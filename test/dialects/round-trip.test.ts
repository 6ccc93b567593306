import { assert, constant, nat, property, record, shuffledSubarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applied, AT, brokenBy, planOn, type Ground } from '../../scripts/corpus/round-trip.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'
import { changesOf, type Change } from '../../src/plan/edit.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'
import { arbitraryPlans } from './arbitrary-plans.ts'

// A failure prints the seed and the smallest plan that fails.
describe.each(Object.entries(arbitraryPlans))(
  'a plan of %s',
  (_, { dialect, candidate, files }) => {
    test('is unchanged after a task was finished and reopened, or reopened and finished', () => {
      assert(
        property(files, nat(), (files, place) => {
          const ground = { dialect, candidate, files }
          const plan = readOn(ground)
          const task = plan.tasks[place % plan.tasks.length]
          if (task === undefined || task.markers.length === 0) return
          expect(brokenBy(ground, plan, task)).toBeUndefined()
        }),
        { numRuns: 300 },
      )
    })

    test('is unchanged after several tasks were finished and reopened in reverse order', () => {
      const chosen = files.chain(files => {
        const { tasks } = readOn({ dialect, candidate, files })
        return record({ files: constant(files), ids: shuffledSubarray(tasks.map(({ id }) => id)) })
      })
      assert(
        property(chosen, ({ files, ids }) => {
          const done: { id: string; changes: Change[] }[] = []
          let now = files
          for (const id of ids) {
            const { plan, task } = taskOn({ dialect, candidate, files: now }, id)
            const edits = dialect.finish(memoryWorkspace(now), plan, task, AT)
            now = applied(now, edits)
            done.unshift({ id, changes: changesOf(edits) })
          }
          for (const { id, changes } of done) {
            const { plan, task } = taskOn({ dialect, candidate, files: now }, id)
            const edits = dialect.reopen(memoryWorkspace(now), plan, task, changes)
            now = applied(now, edits)
          }
          expect(now).toEqual(files)
        }),
        { numRuns: 150 },
      )
    })
  },
)

function readOn(ground: Ground): Plan {
  const plan = planOn(ground)
  if (plan === undefined) throw new Error('the generated plan is refused')
  return plan
}

function taskOn(ground: Ground, id: string): { plan: Plan; task: Task } {
  const plan = readOn(ground)
  const task = plan.tasks.find(one => one.id === id)
  if (task === undefined) throw new Error(`no task ${id}`)
  return { plan, task }
}
