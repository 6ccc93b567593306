import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { statusCommand } from '../../src/cli/status.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { overview, type Overview } from '../../src/workflow/overview.ts'
import { reportFailure } from '../../src/workflow/report-failure.ts'
import { callAt } from '../kit/call.ts'
import { stackProject, TASKS } from '../kit/project.ts'
import { recordedFeature } from '../kit/recorded-feature.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt
- [ ] T003 Manually verify the notes
`

async function statusOf(root: string): Promise<{ data: Overview; text: string }> {
  const args = { positionals: [], text: () => undefined, list: () => [], flag: () => false }
  const { text } = await statusCommand.run(callAt(root), args)
  return { data: await overview(callAt(root)), text }
}

describe('the status', () => {
  it('names the workspace, failures, what is halted, holders, and tasks that were rewritten', async () => {
    const project = stackProject(PLAN)
    const { root } = project
    await nextTask(callAt(root, 'one'), { task: 'T001' })
    await nextTask(callAt(root, 'two'), { task: 'T002' })
    await reportFailure(callAt(root, 'one'), { task: 'T001', error: 'the disk is full' })
    project.write(TASKS, project.read(TASKS).replace('more.txt', 'other.txt'))
    const { data, text } = await statusOf(root)
    expect(data).toMatchObject({
      workspace: root,
      halted: { task: 'T001', error: 'the disk is full', since: expect.stringMatching(/^20/) },
      tasks: [
        { failed: true, error: 'the disk is full', holder: null, changed: null },
        {
          failed: false,
          stage: 'todo',
          holder: { name: 'two' },
          started: { at: expect.stringMatching(/^20/), by: 'two' },
          changed: 'Create more.txt',
        },
        { failed: false, holder: null, started: null, changed: null },
      ],
    })
    expect(text).toContain(` in ${root}\n`)
    expect(text).toMatch(/\n! Halted since 20\S+: T001 failed \(the disk is full\)\n/)
    expect(text).toMatch(/\n {2}todo {2}T001 .*\(failed: the disk is full\)\n/)
    expect(text).toMatch(
      /\n {2}todo {2}T002 Create other\.txt \(started; two since 20\S+, active; was "Create more\.txt" when/,
    )
  })

  it('says which tasks the plan dropped', async () => {
    const { root } = stackProject(PLAN.replace('[P] Create more.txt', '~~[P] Create more.txt~~'))
    const { data, text } = await statusOf(root)
    expect(data.tasks.map(({ dropped }) => dropped)).toEqual([undefined, true, undefined])
    expect(text).toMatch(/\n {2}todo {2}T002 .*\(dropped in the plan\)\n/)
  })

  it('shows that a task is started, and who had it last, until it is done', async () => {
    const { root } = stackProject(PLAN)
    const { pid } = spawnSync(process.execPath, ['--eval', ''])
    const ended = { ...callAt(root), holder: createHolder('one', 'one', pid) }
    await nextTask(ended, { task: 'T001' })
    const { data, text } = await statusOf(root)
    expect(data.tasks[0]).toMatchObject({ stage: 'todo', holder: null, started: { by: 'one' } })
    expect(text).toMatch(
      /\n {2}todo {2}T001 .*\(started at 20[\d-]+ [\d:]+ UTC by one, and nobody holds it now\)\n/,
    )
    const project = recordedFeature(PLAN)
    project.prove('T001')
    expect((await overview(callAt(project.root))).tasks[0]).toMatchObject({ started: null })
  })

  it.each<[string, string, Record<string, string>, object]>([
    [
      'the approval of the plan',
      PLAN,
      { 'redgreen.config.json': '{"approval":{"required":"always"}}' },
      {
        command: 'redgreen approve',
        what: expect.stringContaining('approve'),
        decision: { step: 'approve' },
        fact: 'The settings require that a human approves the plan, and nobody has.',
      },
    ],
    [
      'a task that only a human does',
      '## Setup\n- [ ] T003 Manually verify the notes\n',
      {},
      {
        command: 'redgreen mark-complete T003',
        task: 'T003',
        what: expect.any(String),
        decision: { step: 'mark-complete', task: 'T003' },
      },
    ],
  ])('names what waits for a human: %s', async (_what, plan, files, wait) => {
    const { root } = stackProject(plan, files)
    const { data, text } = await statusOf(root)
    expect(data.waitsForHuman).toEqual([wait])
    expect(text).toMatch(/\n! A human: .* → redgreen /)
  })

  it('names what waits for a human: a plan that asks for less, and no attempt that is left', async () => {
    const plan = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'
    const settings = { 'redgreen.config.json': '{"limits":{"validationAttempts":1}}' }
    const project = recordedFeature(plan, settings)
    project.prove('T001')
    project.prove('T002')
    project.record({
      kind: 'validation',
      passed: false,
      settings: '',
      tree: '',
      gates: [],
      turnedGreen: [],
      passedFiles: [],
    })
    const commands = async () =>
      (await statusOf(project.root)).data.waitsForHuman.map(({ command }) => command)
    expect(await commands()).toContain('redgreen allow-run')
    project.write(TASKS, project.read(TASKS).replace(/.*T002.*\n/, ''))
    expect(await commands()).toContain('redgreen approve')
  })
})
