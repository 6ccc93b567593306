import { describe, expect, it } from 'vitest'
import { connect, startTask } from '../../kit/assistant.ts'
import { stackProject, TASKS } from '../../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [X] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt

## Phase 2: Core
- [ ] T003 size in src/stack.js
- [ ] T004 [P] one in src/one.js
- [ ] T005 [P] two in src/two.js
- [ ] T006 three in src/three.js (depends on T004)
`

describe('the messages of the answers', () => {
  it('name the phase, its tasks, the task, and the tasks that may run in parallel', async () => {
    const project = stackProject(PLAN.replace('[X] T001', '[ ] T001'))
    const { call } = await connect(project.root)
    const first = await call('next_task')
    expect(first.data).toMatchObject({
      task: { id: 'T001', title: 'Create notes.txt', phase: 'Phase 1: Setup' },
      alsoReady: [{ id: 'T002', title: 'Create more.txt', files: ['more.txt'] }],
      messages: [
        '6 tasks in 2 phases: 2 sequential, 4 parallel [P]',
        'Starting Phase 1: Setup (T001-T002)...',
        '[T001 and T002 can be done in parallel - checks]',
      ],
    })
    expect(first.text).toContain('[T001] Create notes.txt\n')
    project.write('notes.txt', 'x')
    project.write('more.txt', 'x')
    await call('record_green', { task: 'T001' })
    const marked = await call('mark_complete', { task: 'T001' })
    expect(marked.text).toContain(`${TASKS}:2 changed from [ ] to [X].`)
    expect(marked.text).toContain('Progress: 1/6 tasks completed (17%).')
    expect((await call('next_task')).text).toContain('[T002] Create more.txt\n')
    await call('record_green', { task: 'T002' })
    const last = await call('mark_complete', { task: 'T002' })
    expect(last.text).toContain('Phase 1: Setup Complete (2/2 tasks)')
  })

  it('start a task again if a human removed its mark', async () => {
    const { project, call } = await startTask('## Setup\n- [ ] T001 Create notes.txt\n')
    project.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    project.write(TASKS, project.read(TASKS).replace('[X]', '[ ]'))
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001', stage: 'todo' } })
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
    expect(project.read(TASKS)).toContain('- [X] T001')
  })
})
