import { describe, expect, it } from 'vitest'
import { startTask } from '../kit/assistant.ts'
import { TASKS } from '../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [X] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt

## Phase 2: Core
- [ ] T003 size in src/stack.js
- [ ] T004 [P] one in src/one.js
- [ ] T005 [P] two in src/two.js
- [ ] T006 three in src/three.js (depends on T004)
`

describe('a task that cannot be finished', () => {
  it('halts the feature if it is sequential, and the report says where, why and what to do', async () => {
    const { call } = await startTask(PLAN.replace('[ ] T002', '[X] T002'))
    const failure = await call('report_failure', {
      task: 'T003',
      error: 'Cannot find module left-pad',
      files: ['src/stack.js'],
      cause: 'it was never installed',
    })
    expect(failure.data).toMatchObject({
      effect: 'halted',
      blocked: ['T004', 'T005', 'T006'],
      next: { tool: 'next_task', arguments: { task: 'T003' } },
    })
    const lines = failure.text.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'Implementation Halted!',
        '✓ 0/6 tasks completed',
        '✗ CRITICAL FAILURE at T003 (sequential task)',
        '- Phase 1: Setup: 0/2',
        '[T003] size in src/stack.js',
        '✗ Cannot find module left-pad',
        '✗ File: src/stack.js',
        'Error context:',
        '- T001 (Create notes.txt) is marked done, but notes.txt is missing or empty',
        '- Possible cause: it was never installed',
        '- Blocking: T004, T005, T006',
        'HALT: Sequential task failed. Execution stopped.',
        '3. Resume from T003',
        'Implementation stopped to prevent cascading failures.',
      ]),
    )
    expect(await call('next_task', { task: 'T004' })).toMatchObject({ code: 'not_ready' })
    expect((await call('next_task', { task: 'T003' })).data).toMatchObject({ task: { id: 'T003' } })
  })

  it('is reported without a phase if the plan has none', async () => {
    const { call } = await startTask('- [ ] T001 size in src/stack.js\n')
    const { text } = await call('report_failure', { task: 'T001', error: 'no' })
    expect(text).toContain('- (no phase): 0/1')
  })

  it('lets the others continue if it is parallel, and is offered again last', async () => {
    const { project, call } = await startTask(
      PLAN.replace('[ ] T002', '[X] T002').replace('[ ] T003', '[X] T003'),
    )
    const failure = await call('report_failure', { task: 'T004', error: 'no' })
    expect(failure.data).toMatchObject({ effect: 'continues', blocked: ['T006'] })
    expect(failure.text).toContain('✗ T004 failed. The other tasks can continue.')
    expect(project.read(TASKS)).toContain('- [ ] T004')
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T005' } })
    await call('report_failure', { task: 'T005', error: 'no' })
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T004' } })
  })

  it('halts the feature in the setup phase even if it is parallel', async () => {
    const { call } = await startTask(PLAN)
    const failure = await call('report_failure', { task: 'T002', error: 'no' })
    expect(failure.data).toMatchObject({ effect: 'halted' })
  })
})
