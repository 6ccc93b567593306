import { expect, test, vi } from 'vitest'
import { taskStates } from '../../src/workflow/context/task-state.ts'
import { walk } from './search.ts'

// The rule as it once was: a failed task halts the feature even after a human has waived it.
vi.mock(import('../../src/workflow/context/schedule-state.ts'), async original => {
  const actual = await original()
  return {
    ...actual,
    scheduleState(context, states = taskStates(context)) {
      const failed = context.plan.tasks.find(
        ({ id }) => states.get(id)?.history.failed?.effect === 'halted',
      )
      const schedule = actual.scheduleState(context, states)
      return failed ? { ...schedule, halted: { task: failed.id } } : schedule
    },
  }
})

test('the search finds a feature that stays halted after its failed task was waived', async () => {
  const names = ['next_task', 'report_failure', 'a human waives']
  const reasons: string[] = []
  for (let seed = 1; seed <= 4 && reasons.join('') === ''; seed += 1) {
    reasons.push((await walk(seed, 40, names)).stuck ?? '')
  }
  expect(reasons.at(-1)).toMatch(/\[halted\]/)
})
