import { describe, expect, it } from 'vitest'
import { connect, startTask } from '../kit/assistant.ts'
import { stackProject, TASKS } from '../kit/project.ts'
import { readLedger } from '../../src/store/ledger.ts'
import { placeOf } from '../kit/snapshots.ts'

const PLAN = `## Phase 1: Setup
- [X] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt

## Phase 2: Core
- [ ] T003 size in src/stack.js
- [ ] T004 [P] one in src/one.js
- [ ] T005 [P] two in src/two.js
- [ ] T006 three in src/three.js (depends on T004)
`

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

  it('says in the ledger that a task is done again, so that it does not look finished by two branches', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n',
    )
    project.write('one.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    project.write(TASKS, project.read(TASKS).replace('[X]', '[ ]'))
    await call('next_task', { task: 'T001' })
    const { events } = readLedger(placeOf(project.root).state, '001-stack')
    const done = events.find(({ kind }) => kind === 'done')
    const starts = events.flatMap(event => (event.kind === 'start' ? [event.again] : []))
    expect(starts).toEqual([undefined, done?.hash])
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
