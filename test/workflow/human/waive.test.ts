import { describe, expect, it } from 'vitest'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { reportFailure } from '../../../src/workflow/report-failure.ts'
import { waive } from '../../../src/workflow/human/waive.ts'
import { overview } from '../../../src/workflow/overview.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { stackProject } from '../../kit/project.ts'

const REASON = 'agreed with the team'
const PLAN = `## Core
- [X] T001 size in src/a.js
- [ ] T002 push in src/b.js
- [X] T003 pop in src/c.js
- [ ] T004 peek in src/d.js
`

const waivedIn = async (root: string) =>
  (await overview(callAt(root))).tasks.flatMap(({ id, waived }) => (waived ? [id] : []))

describe('waiving', () => {
  it.each([
    [
      ['T002', 'T004'],
      ['T002', 'T004'],
    ],
    [['T002-T004'], ['T002', 'T003', 'T004']],
    [
      ['T001..T002', 'T004'],
      ['T001', 'T002', 'T004'],
    ],
    [['T004,T002'], ['T002', 'T004']],
  ])('accepts %j with one question that lists each', async (tasks, expected) => {
    const { root } = stackProject(PLAN)
    const { call, questions } = humanAt(root)
    expect(await waive(call, { tasks, reason: REASON })).toMatchObject({ tasks: expected })
    expect(questions).toHaveLength(1)
    for (const id of expected) expect(questions[0]).toContain(`- ${id} `)
    expect(await waivedIn(root)).toEqual(expected)
  })

  it('accepts every task that is ticked without proof, and only these', async () => {
    const { root } = stackProject(PLAN)
    const { call, questions } = humanAt(root)
    await waive(call, { tasks: [], ticked: true, reason: REASON })
    expect(questions[0]).toContain('Accept 2 tasks')
    expect(await waivedIn(root)).toEqual(['T001', 'T003'])
    const again = waive(call, { tasks: [], ticked: true, reason: REASON })
    await expect(again).rejects.toMatchObject({ code: 'wrong_stage' })
  })

  it('asks nobody about a task that does not exist or is waived already', async () => {
    const { root } = stackProject(PLAN)
    const { call, questions } = humanAt(root)
    const unknown = waive(call, { tasks: ['T001', 'T009'], reason: REASON })
    await expect(unknown).rejects.toMatchObject({ code: 'unknown_task' })
    expect(questions).toEqual([])
    await waive(call, { tasks: ['T001'], reason: REASON })
    const twice = waive(call, { tasks: ['T001'], reason: REASON })
    await expect(twice).rejects.toMatchObject({ code: 'wrong_stage' })
    expect(questions).toHaveLength(1)
  })
})

describe('a feature that a failed task has halted', () => {
  it('goes on when a human waives the task', async () => {
    const { root } = stackProject(PLAN.replaceAll('[X]', '[ ]'))
    await nextTask(callAt(root), {})
    await reportFailure(callAt(root), { task: 'T001', error: 'stuck' })
    await expect(nextTask(callAt(root), {})).rejects.toMatchObject({ code: 'halted' })
    await waive(humanAt(root).call, { tasks: ['T001'], reason: REASON })
    expect(await nextTask(callAt(root), {})).toMatchObject({ task: { id: 'T002' } })
  })
})
