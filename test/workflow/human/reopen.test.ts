import { describe, expect, it } from 'vitest'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { reopen } from '../../../src/workflow/human/reopen.ts'
import { waive } from '../../../src/workflow/human/waive.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { overview } from '../../../src/workflow/overview.ts'
import { outcomeReport } from '../../../src/workflow/report/outcome-report.ts'
import { reportFailure } from '../../../src/workflow/report-failure.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { humanAt } from '../../kit/human.ts'
import { TASKS } from '../../kit/project.ts'
import { recordedFeature, type RecordedFeature } from '../../kit/recorded-feature.ts'

const PLAN = `## Core
- [ ] T001 size in src/stack.js
- [ ] T002 push in src/stack.js
- [ ] T003 notes in src/notes.js
- [ ] T004 other in src/other.js

## Dependencies
- T003 depends on T001
`

function proven(...tasks: string[]): RecordedFeature {
  const project = recordedFeature(PLAN)
  for (const task of tasks) project.prove(task)
  return project
}

async function reopened(project: RecordedFeature, ...tasks: string[]) {
  const { call, questions } = humanAt(project.root)
  const answer = await reopen(call, { tasks, reason: 'wrong unit' })
  return { answer, question: questions.join() }
}

describe('a done task that a human opens again', () => {
  it('is open in the plan and in the status, and starts anew', async () => {
    const project = proven('T001', 'T002')
    await reopened(project, 'T002')
    expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T001', '[X] T001'))
    const { tasks, progress } = await overview(callAt(project.root))
    expect(progress).toMatchObject({ done: 1, claimed: 0 })
    expect(tasks[1]).toMatchObject({ stage: 'todo', failed: false, waived: false })
    expect(await nextTask(callAt(project.root), {})).toMatchObject({
      task: { id: 'T002', stage: 'todo' },
    })
  })

  it('keeps its earlier proof in the ledger, which verify and the report name', async () => {
    const project = proven('T001', 'T002')
    await reopened(project, 'T001')
    const note =
      /^! T001 was done and was opened again by .+ on \d.+ \(wrong unit\)\. It is not done again; what was/
    const [checked] = await verify(callAt(project.root))
    expect(checked?.notes.map(text => `! ${text}`)).toContainEqual(expect.stringMatching(note))
    expect(checked).toMatchObject({ done: 1 })
    const counted = checked?.evidence.flatMap(({ members }) => members) ?? []
    expect([...new Set(counted.map(({ task }) => task))]).toEqual(['T002'])
    const context = await loadContext(callAt(project.root))
    expect(context.ledger.events.map(({ kind }) => kind)).toContain('done')
    expect(outcomeReport(context)).toContain('- ⚠ T001 was done and was opened again by')
    expect(outcomeReport(context)).toContain('Implementation Partial')
  })

  it('lists the done tasks that build on it, before and after the answer', async () => {
    const project = proven('T001', 'T002', 'T003', 'T004')
    const { answer, question } = await reopened(project, 'T001')
    expect(answer.dependents).toEqual(['T002', 'T003'])
    expect(question).toContain('Done tasks that build on them and stay done: T002 and T003.')
  })

  it('can be one of several, with one question', async () => {
    const project = proven('T001', 'T002', 'T003', 'T004')
    const { answer, question } = await reopened(project, 'T001-T002', 'T004')
    expect(answer.tasks.map(({ task }) => task)).toEqual(['T001', 'T002', 'T004'])
    expect(question).toMatch(
      /- T001 size.*\(done on .*\n- T002 .*\n- T004 .*\n.*these 3 tasks again/s,
    )
    expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T003', '[X] T003'))
  })
})

describe('a task that a human opens again', () => {
  it('was waived: the waiver no longer counts', async () => {
    const project = proven('T001')
    await waive(humanAt(project.root).call, { tasks: ['T002'], reason: 'not needed' })
    const { question } = await reopened(project, 'T002')
    expect(question).toContain('- T002 push in src/stack.js (waived: not needed)')
    expect(await overview(callAt(project.root))).toMatchObject({ progress: { waived: 0, done: 1 } })
  })

  it('had failed: the feature is no longer halted', async () => {
    const project = recordedFeature(PLAN)
    await nextTask(callAt(project.root), {})
    await reportFailure(callAt(project.root), { task: 'T001', error: 'no compiler' })
    expect(await overview(callAt(project.root))).toMatchObject({
      halted: { task: 'T001', error: 'no compiler' },
      tasks: [{ failed: true, error: 'no compiler' }, { failed: false }, {}, {}],
    })
    await reopened(project, 'T001')
    expect(await overview(callAt(project.root))).toMatchObject({ halted: null })
    expect((await nextTask(callAt(project.root), {})).task?.id).toBe('T001')
  })

  it('was ticked by hand: the tick is removed', async () => {
    const project = proven('T001')
    project.write(TASKS, project.read(TASKS).replace('[ ] T002', '[x] T002'))
    await reopened(project, 'T002')
    expect(project.read(TASKS)).toContain('[ ] T002')
  })

  it.each([
    ['that is open already', 'T002', 'wrong_stage', /T002: neither done/],
    ['that the plan does not have', 'T009', 'unknown_task', /no task T009/],
  ])('is refused for one %s', async (_what, task, code, text) => {
    const project = proven('T001')
    const refused = reopened(project, task)
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(text) })
  })

  it('is refused without a human, and changes nothing', async () => {
    const project = proven('T001')
    const before = project.read(TASKS)
    await expect(reopen(callAt(project.root), { tasks: ['T001'] })).rejects.toMatchObject({
      code: 'phase_needs_person',
      message: expect.stringContaining('redgreen reopen T001'),
    })
    expect(project.read(TASKS)).toBe(before)
  })
})
