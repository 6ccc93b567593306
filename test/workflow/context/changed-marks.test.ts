import { array, asyncProperty, assert, constantFrom, nat, record } from 'fast-check'
import { expect, it } from 'vitest'
import { sealLine, GENESIS } from '../../../src/evidence/chain.ts'
import { ready } from '../../../src/plan/order.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { Context } from '../../../src/workflow/context/context.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { changesSinceAgreed, currentRecord } from '../../../src/workflow/context/plan-changes.ts'
import { scheduleState } from '../../../src/workflow/context/schedule-state.ts'
import { progressAt, taskStates } from '../../../src/workflow/context/task-state.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject, TASKS } from '../../kit/project.ts'

const IDS = ['T001', 'T002', 'T003', 'T004', 'T005', 'T006']

/** A ledger in which the first two tasks are done. */
function ledger(): string {
  let prev: string = GENESIS
  const lines = IDS.slice(0, 2).map((task, at) => {
    const body = { kind: 'done', provenAs: 'check', suite: 'none', marks: [], proof: [] }
    const place = {
      task,
      settings: 'none',
      tree: '0'.repeat(64),
      feature: '001-stack',
      by: 'earlier',
      at: '2026-01-01T00:00:00.000Z',
    }
    const line = sealLine({ ...body, ...place }, { seq: at + 1, prev })
    prev = String(JSON.parse(line).hash)
    return `${line}\n`
  })
  return lines.join('')
}

/** What is derived from a plan and its marks. */
function derived(context: Context) {
  const states = taskStates(context)
  const schedule = scheduleState(context, states)
  return {
    tasks: [...context.tasks],
    states: [...states],
    statuses: context.plan.tasks.map(({ id }) => schedule.statusOf(id)),
    ready: ready(context.plan, schedule),
    progress: progressAt(context, states),
    changes: changesSinceAgreed(context),
    record: currentRecord(context),
  }
}

/** The same for a context of which nothing was derived before. */
function derivedAnew(context: Context) {
  const plan: Plan = structuredClone(context.plan)
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return derived({ ...context, plan, tasks, histories: new Map(context.histories) })
}

const plan = (boxes: readonly string[]) =>
  `## Setup\n${IDS.map((id, at) => `- [${boxes[at] ?? ' '}] ${id} Create ${id}.txt\n`).join('')}`

it('what follows from a plan after changes of marks is the same as from a plan that was read anew', async () => {
  const change = record({ task: nat(IDS.length - 1), box: constantFrom(' ', 'x', 'X', '-', '~') })
  const changes = array(array(change, { minLength: 1, maxLength: 2 }), { maxLength: 6 })
  await assert(
    asyncProperty(changes, array(nat(1)), async (steps, looks) => {
      const boxes = IDS.map(() => ' ')
      const project = stackProject(plan(boxes), {
        '.redgreen/ledger/001-stack/0123456789.jsonl': ledger(),
      })
      const call = callAt(project.root)
      derived(await loadContext(call))
      for (const [at, step] of steps.entries()) {
        for (const { task, box } of step) boxes[task] = box
        project.write(TASKS, plan(boxes))
        const context = await loadContext(call)
        // Some plans are only read, and nothing is derived from them.
        const isLooked = looks[at] !== 0
        const [now, anew] = isLooked ? [derived(context), derivedAnew(context)] : []
        expect(now).toEqual(anew)
      }
    }),
    { numRuns: 40 },
  )
})
