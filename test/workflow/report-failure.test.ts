import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../kit/assistant.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [X] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt

## Phase 2: Core
- [ ] T003 size in src/stack.js
- [ ] T004 [P] one in src/one.js
- [ ] T005 [P] two in src/two.js
- [ ] T006 three in src/three.js (depends on T004)
`

async function startTask(tasks: string): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject(tasks)
  const { call } = await connect(project.root)
  await call('next_task')
  return { project, call }
}

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

  it('lets the others continue if it is parallel, and is offered again last', async () => {
    const { project, call } = await startTask(
      PLAN.replace('[ ] T002', '[X] T002').replace('[ ] T003', '[X] T003'),
    )
    const failure = await call('report_failure', { task: 'T004', error: 'no' })
    expect(failure.data).toMatchObject({ effect: 'continues', blocked: ['T006'] })
    expect(failure.text).toContain('✗ T004 failed; the other tasks go on.')
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
        '[Running T001, T002 in parallel - checks]',
        '[T001] Create notes.txt',
      ],
    })
    project.write('notes.txt', 'x')
    project.write('more.txt', 'x')
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({
      messages: [`→ Marked [X] in ${TASKS}`, 'Progress: 1/6 tasks completed (17%)'],
    })
    expect((await call('next_task')).data).toMatchObject({ messages: ['[T002] Create more.txt'] })
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

describe('the documents of a feature', () => {
  it('must exist, unless the settings declare one optional', async () => {
    const { project, call } = await startTask(PLAN)
    project.remove('specs/001-stack/plan.md')
    expect(await call('next_task')).toMatchObject({
      code: 'plan_invalid',
      text: expect.stringMatching(/plan\.md is missing.*\/speckit\.plan/),
    })
    project.write('redgreen.config.json', '{"documents":{"optional":["plan.md"]}}')
    expect((await call('next_task')).code).toBeUndefined()
  })

  it('are those of the feature that the caller names', async () => {
    const project = stackProject(PLAN, {
      'specs/002-queue/spec.md': '# Queue\n',
      'specs/002-queue/plan.md': '# Queue\n',
      'specs/002-queue/tasks.md': '- [ ] T100 enqueue in src/queue.js\n',
    })
    const { call } = await connect(project.root)
    for (const feature of ['002-queue', '002', 'specs/002-queue']) {
      expect((await call('next_task', { feature })).data).toMatchObject({ task: { id: 'T100' } })
    }
    expect(await call('next_task', { feature: '003' })).toMatchObject({ code: 'no_feature' })
    expect((await call('read_document', { feature: '002', document: 'spec' })).data).toMatchObject({
      text: '# Queue\n',
    })
  })
})

describe('the validation', () => {
  it('does not start before every task is done, and fails on types and lint', async () => {
    const { project, call } = await startTask('## Setup\n- [ ] T001 Create notes.txt\n')
    expect(await call('run_validation')).toMatchObject({ code: 'not_ready' })
    project.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    project.write('tests/a.test.js', "import test from 'node:test'\ntest('a', () => {})\n")
    const fails = [process.execPath, '-e', "console.log('src/a.ts:1 bad type'); process.exit(2)"]
    project.write(
      'redgreen.config.json',
      JSON.stringify({ commands: { types: fails, lint: fails } }),
    )
    const failed = await call('run_validation')
    expect(failed.data).toMatchObject({
      passed: false,
      gates: [
        { name: 'tests', passed: true },
        { name: 'types', passed: false, output: expect.stringContaining('bad type') },
        { name: 'lint', passed: false },
      ],
    })
    expect(failed.text).toContain('✗ types: exit code 2')
    const passes = [process.execPath, '-e', 'process.exit(0)']
    project.write(
      'redgreen.config.json',
      JSON.stringify({ commands: { types: passes, lint: passes } }),
    )
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 2 })
  })
})

describe('a plan that contradicts itself', () => {
  it('starts no task of a dependency cycle, and says where to fix it', async () => {
    const { project, call } = await startTask(
      '- [ ] T001 [P] one in src/a.js (depends on T002)\n- [ ] T002 [P] two in src/b.js (depends on T001)\n- [ ] T003 [P] three in src/c.js\n',
    )
    expect(await call('next_task', { task: 'T001' })).toMatchObject({
      code: 'plan_invalid',
      text: expect.stringMatching(/tasks\.md:1 .*(circle|T002)/),
    })
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T003' } })
    expect(project.read(TASKS)).not.toContain('[X]')
  })

  it('gets unique ids if the file repeats them, and the right task is marked', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Create one.txt\n- [ ] T001 Create two.txt\n',
    )
    project.write('one.txt', 'x')
    project.write('two.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001#2' } })
    expect(project.read(TASKS)).toBe(
      '## Setup\n- [X] T001 Create one.txt\n- [ ] T001 Create two.txt\n',
    )
    const { problems } = JSON.parse(
      String((await call('read_document', { document: 'progress' })).data['text']),
    )
    expect(problems).toMatchObject([{ path: TASKS, line: 3 }])
  })

  it('does not start while a checklist has open items that no human has accepted', async () => {
    const project = stackProject(PLAN, { 'specs/001-stack/checklists/ux.md': '- [ ] CHK001 a\n' })
    const { call } = await connect(project.root)
    expect(await call('next_task')).toMatchObject({
      code: 'not_approved',
      text: expect.stringMatching(/ux\.md 1 of 1.*redgreen approve/),
    })
    project.write('specs/001-stack/checklists/ux.md', '- [x] CHK001 a\n')
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
  })
})
