import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { reportFailure } from '../../../src/workflow/report-failure.ts'
import { waive } from '../../../src/workflow/human/waive.ts'
import { overview } from '../../../src/workflow/overview.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { stackProject, TASKS } from '../../kit/project.ts'

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
  it('refuses a yes for a task whose criteria changed while the human was asked', async () => {
    const plan = '## Core\n- [ ] T001 push\n  Acceptance:\n  - any number is accepted\n'
    const project = stackProject(plan)
    const changed = plan.replace('any number is', 'all of the numbers are')
    const { call, questions } = humanAt(project.root, () => project.write(TASKS, changed))
    const waived = waive(call, { tasks: ['T001'], reason: REASON })
    await expect(waived).rejects.toMatchObject({ code: 'conflict' })
    expect(questions).toEqual([expect.stringContaining('  - any number is accepted\n')])
    expect(await waivedIn(project.root)).toEqual([])
  })

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

describe('a plan with boxes that were ticked by hand', () => {
  const DEPENDENT = PLAN.replace('T002 push', 'T002 push (depends on T001)')
  const JSON_PLAN = JSON.stringify({
    status: 'approved',
    tasks: [
      { id: 'one', description: 'Add size in src/a.js', passes: true },
      { id: 'two', description: 'Add push in src/b.js', passes: false, dependencies: ['one'] },
    ],
  })
  const CURE = '`redgreen waive --ticked --reason …`'

  it.each([
    ['a Markdown plan', (root: string) => root, DEPENDENT, 'T002'],
    ['a JSON plan', planInJson, PLAN, 'two'],
  ] as const)('%s: a task that waits for one names both ways out', async (_, prepare, plan, id) => {
    const root = prepare(stackProject(plan).root)
    const refused = await nextTask(callAt(root), { task: id }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'not_ready' })
    expect(String(refused)).toContain(CURE)
    await waive(humanAt(root).call, { tasks: [], ticked: true, reason: REASON })
    expect(await nextTask(callAt(root), { task: id })).toMatchObject({ task: { id } })
  })

  it('names them with each task, and no longer after the waiver', async () => {
    const { root } = stackProject(PLAN)
    const ticked = /Ticked but not proven: T001 and T003\..*redgreen waive --ticked/
    expect((await nextTask(callAt(root), {})).messages).toContainEqual(
      expect.stringMatching(ticked),
    )
    await waive(humanAt(root).call, { tasks: [], ticked: true, reason: REASON })
    expect((await nextTask(callAt(root), {})).messages.join('\n')).not.toContain('not proven')
  })

  it('does not name the task that was asked for', async () => {
    const { root } = stackProject(PLAN)
    const first = (await nextTask(callAt(root), { task: 'T001' })).messages.join('\n')
    expect(first).toContain('Ticked but not proven: T003.')
    expect(first).toContain('To prove T003, ')
  })

  it('does not send to a validation that would refuse', async () => {
    const { root } = stackProject(PLAN.replaceAll('[ ]', '[X]'))
    const { task, next } = await nextTask(callAt(root), {})
    expect([task, next.tool]).toEqual([null, null])
    expect(next.say).toContain('4 tasks are ticked without a proof')
    expect(next.say).toContain(CURE)
    await waive(humanAt(root).call, { tasks: [], ticked: true, reason: REASON })
    expect((await nextTask(callAt(root), {})).next.tool).toBe('run_validation')
  })

  function planInJson(root: string): string {
    rmSync(path.join(root, 'specs'), { recursive: true })
    mkdirSync(path.join(root, 'docs/plans'), { recursive: true })
    writeFileSync(path.join(root, 'docs/plans/stack.json'), JSON_PLAN)
    return root
  }
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
