import { describe, expect, it, vi } from 'vitest'
import { withFence } from '../../../src/store/leases/fencing.ts'
import { readLeases, writeLeases } from '../../../src/store/leases/lease-table.ts'
import { filesCoordinator } from '../../../src/store/coordinator/files.ts'
import { endLease } from '../../../src/store/leases/end-lease.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { release } from '../../../src/workflow/human/release.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { overview } from '../../../src/workflow/overview.ts'
import { recordRed } from '../../../src/workflow/record-red.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { openProject } from '../../kit/store.ts'
import { stackProject, type Project } from '../../kit/project.ts'

const PLAN = `## Setup
- [ ] T001 Create notes.txt
- [ ] T002 Create more.txt
`

async function held(plan = PLAN): Promise<Project> {
  const project = stackProject(plan, { 'notes.txt': 'x' })
  await nextTask(callAt(project.root, 'one'), {})
  return project
}

describe('a task that another session holds', () => {
  it('is refused with its holder, since when, how idle it is, and the command that frees it', async () => {
    const { root } = await held()
    for (const request of [{}, { task: 'T001' }]) {
      await expect(nextTask(callAt(root, 'two'), request)).rejects.toMatchObject({
        code: 'claimed',
        message: expect.stringMatching(
          /one has worked on T001 since 20\S+ \(active\).*`redgreen release T001`/s,
        ),
      })
    }
    expect((await overview(callAt(root))).tasks[0]?.holder).toEqual({
      name: 'one',
      since: expect.stringMatching(/^20/),
      idleSeconds: expect.any(Number),
    })
  })

  it('is free after a human released it, and a late result is refused until it is taken again', async () => {
    const { root } = await held()
    const { call, questions } = humanAt(root)
    expect(await release(call, ['T001'])).toMatchObject({
      tasks: [{ task: 'T001', holder: 'one' }],
    })
    expect(questions.join()).toMatch(
      /- T001 Create notes\.txt: one has worked on T001 since .*active/,
    )
    expect((await overview(callAt(root))).tasks[0]?.holder).toBeNull()
    const late = () => recordGreen(callAt(root, 'one'), { task: 'T001' })
    await expect(late()).rejects.toMatchObject({
      code: 'claimed',
      message: expect.stringMatching(/^T001 was released by .+, and nobody has started it again/),
    })
    await nextTask(callAt(root, 'two'), {})
    await expect(late()).rejects.toMatchObject({ code: 'claimed' })
    expect(await recordGreen(callAt(root, 'two'), { task: 'T001' })).toMatchObject({
      stage: 'green',
    })
    const { ledger } = await loadContext(callAt(root))
    expect(ledger.events.map(({ kind }) => kind)).toEqual(['start', 'released', 'green'])
    expect(ledger.events[1]).toMatchObject({ why: 'human', channel: 'terminal' })
  })

  it('is not released if another session took it while the human was asked', async () => {
    const { root } = await held()
    const { call } = humanAt(root, async () => {
      await release(humanAt(root).call, ['T001'])
      await nextTask(callAt(root, 'two'), {})
    })
    expect(await release(call, ['T001'])).toMatchObject({ tasks: [] })
    expect((await overview(callAt(root))).tasks[0]?.holder).toMatchObject({ name: 'two' })
  })

  it('cannot be decided by the earlier holder with leases that were read before the release', async () => {
    const project = await held()
    const { state } = openProject(project)
    // The same terminal may have taken the task, and released it in another command.
    for (const by of [callAt(project.root, 'human').holder, callAt(project.root, 'one').holder]) {
      const table = readLeases(state)
      await endLease(filesCoordinator(state), table, {
        feature: '001-stack',
        task: 'T001',
        by,
        person: 'me',
      })
      const decision = { feature: '001-stack', task: 'T001', by: callAt('', 'one').holder, table }
      const put = vi.fn()
      expect(() => withFence(state, decision, 'draft', put)).toThrow('taken by another')
      expect(put).not.toHaveBeenCalled()
    }
  })

  it('is active after a step that was refused', async () => {
    const project = await held('## Core\n- [ ] T001 size in src/stack.js\n')
    const { state } = openProject(project)
    const { number, leases } = readLeases(state)
    const [[key, lease] = ['', undefined]] = Object.entries(leases)
    if (!lease) throw new Error('There is no lease.')
    const active = new Date(Date.now() - 300_000).toISOString()
    writeLeases(state, number + 1, { [key]: { ...lease, since: active, active } })
    project.write('tests/a.test.js', '')
    const red = recordRed(callAt(project.root, 'one'), { task: 'T001', tests: ['tests/a.test.js'] })
    await expect(red).rejects.toMatchObject({ code: 'no_tests_ran' })
    expect(readLeases(state).leases[key]?.active).not.toBe(active)
  })

  it('can be one of several, with one question', async () => {
    const plan = PLAN.replaceAll('Create', '[P] Create')
    const project = stackProject(plan)
    await nextTask(callAt(project.root, 'one'), { task: 'T001' })
    await nextTask(callAt(project.root, 'two'), { task: 'T002' })
    const { call, questions } = humanAt(project.root)
    const { tasks } = await release(call, ['T001-T002'])
    expect(tasks.map(({ task }) => task)).toEqual(['T001', 'T002'])
    expect(questions).toHaveLength(1)
  })

  it.each([
    ['nobody holds', 'T002', 'wrong_stage'],
    ['the plan does not have', 'T009', 'unknown_task'],
  ])('is not one that %s', async (_what, task, code) => {
    const { root } = await held()
    await expect(release(humanAt(root).call, [task])).rejects.toMatchObject({ code })
  })

  it('is released by a human only', async () => {
    const { root } = await held()
    await expect(release(callAt(root, 'two'), ['T001'])).rejects.toMatchObject({
      code: 'phase_needs_person',
    })
    expect((await overview(callAt(root))).tasks[0]?.holder).not.toBeNull()
  })
})
