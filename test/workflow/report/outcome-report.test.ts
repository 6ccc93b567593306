import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { stackProject, TASKS, type Project } from '../../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 Create one.txt
- [ ] T002 Create two.txt

## Phase 2: Docs
- [ ] T003 [P] Document it in README.md
- [ ] T004 [P] Document more in MORE.md
`
const TESTS = { 'tests/a.test.js': "import test from 'node:test'\ntest('a', () => {})\n" }

/** Finishes a task that writes a file. */
async function finish(project: Project, call: Assistant['call'], task: string): Promise<void> {
  const { data } = await call('next_task', { task })
  const { files } = z.object({ task: z.object({ files: z.array(z.string()) }) }).parse(data).task
  for (const file of files) project.write(file, `Written for ${task}.\n`)
  await call('record_green', { task })
  expect((await call('mark_complete', { task })).data).toMatchObject({ stage: 'done' })
}

describe('the outcome report of a feature', () => {
  it('says complete, with computed numbers and the next steps of the human', async () => {
    const project = stackProject(PLAN, TESTS)
    for (const file of ['one.txt', 'two.txt', 'README.md', 'MORE.md']) project.write(file, 'x')
    const { call, client } = await connect(project.root)
    for (const task of ['T001', 'T002', 'T003', 'T004']) await finish(project, call, task)
    await call('run_validation')
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text).split('\n')).toEqual(
      expect.arrayContaining([
        '# Implementation Complete!',
        '- ✓ 4/4 tasks completed',
        '- ✓ 1 test, 0 failures',
        '- ✓ tests',
        '- Phase 1: Setup: 2/2 ✓',
        'Total time, from the first event to the last: 0 min',
        'Feature: specs/001-stack',
        '- T003 Document it in README.md: changed README.md; there is README.md',
        '1. Review the generated files (4, listed above): `git diff` shows the changes',
        '2. Run the tests and the application yourself',
        expect.stringMatching(
          /^3\. Fix .*A small fix can be made by hand.*larger one, reopen its task with `redgreen reopen TASK`/,
        ),
        '4. Commit: the server makes no commits',
        expect.stringMatching(/^5\. Deploy, or start the next feature\. If requirements change/),
        'Every task is proven and the validation has passed: ready for review and deployment!',
      ]),
    )
    const { contents } = await client.readResource({ uri: 'redgreen://active/validation' })
    expect(contents).toMatchObject([{ text, mimeType: 'text/markdown' }])
  })

  it('says partial, with failed and unverified tasks, and where to continue', async () => {
    const project = stackProject(PLAN.replace('[ ] T002', '[X] T002'), TESTS)
    for (const file of ['one.txt', 'two.txt', 'README.md']) project.write(file, 'x')
    const { call } = await connect(project.root)
    await finish(project, call, 'T001')
    await call('next_task', { task: 'T004' })
    await call('report_failure', { task: 'T004', error: 'nobody knows more' })
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text).split('\n')).toEqual(
      expect.arrayContaining([
        '# Implementation Partial!',
        '- ✗ 1/4 tasks completed (1 ticked by hand)',
        '- ⚠ The full suite has not been run for a validation',
        '- ✗ 1 task failed (in parallel batch T003, T004)',
        '- ✗ T004 Document more in MORE.md: nobody knows more',
        '- ⚠ T002 Create two.txt: ticked by hand, not proven',
        '- Phase 1: Setup: 1/2',
        '1. Fix what stopped T004',
        '2. To continue with the first task that is not done, call next_task',
      ]),
    )
  })
})

describe('values that programs measured', () => {
  it('are in the report as they were printed, with the printed targets', async () => {
    const load = [
      'Latency: 95ms p95 (target: <100ms)',
      'Sustained 1200 req/s, target 1000 req/s',
      'All files | 94.1 | 90 |',
      'and 7 other things',
    ].join('\n')
    const settings = {
      checks: { load: [process.execPath, '-e', `console.log(${JSON.stringify(load)})`] },
    }
    const project = stackProject(
      '## Polish\n- [ ] T001 Run the performance tests\n- [ ] T002 Document it in README.md\n',
      { ...TESTS, 'README.md': 'x', 'redgreen.config.json': JSON.stringify(settings) },
    )
    const { call } = await connect(project.root)
    await call('next_task')
    await call('record_green', { task: 'T001', check: 'load' })
    await call('mark_complete', { task: 'T001' })
    await finish(project, call, 'T002')
    const read = async () =>
      String((await call('read_document', { document: 'validation' })).data['text'])
    const report = await read()
    expect(report).toContain('- ✓ Performance targets met (1 of 1 measured)\n')
    expect(report).toContain(`## Measured
- \`Latency: 95ms p95 (target: <100ms)\` ✓ (T001)
- \`Sustained 1200 req/s, target 1000 req/s\` (T001)
- \`All files | 94.1 | 90 |\` (T001)

`)
    expect(report).not.toContain('7 other things')
  })

  it('are not mentioned if there are none', async () => {
    const project = stackProject('## Docs\n- [ ] T001 Document it in README.md\n', {
      'README.md': 'x',
    })
    const { call } = await connect(project.root)
    await finish(project, call, 'T001')
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text)).not.toMatch(/measured|performance|coverage/i)
  })
})

describe('another server on the same feature', () => {
  it('says that it resumes, what is done, and where it continues', async () => {
    const project = stackProject(PLAN)
    project.write('one.txt', 'x')
    const first = await connect(project.root)
    expect((await first.call('next_task')).text).not.toContain('Resuming')
    await first.call('record_green', { task: 'T001' })
    await first.call('mark_complete', { task: 'T001' })
    await first.close()
    project.write(TASKS, project.read(TASKS).replace('[ ] T002', '[X] T002'))
    const second = await connect(project.root)
    const resumed = await second.call('next_task')
    expect(resumed.data['messages']).toEqual([
      expect.stringMatching(/^! Ticked but not proven: T002\. .*redgreen waive --ticked/),
      'Resuming implementation...',
      '✓ Found 1 completed task (T001)',
      '⚠ Found 1 ticked task without a proof (T002)',
      '✗ Found 2 incomplete tasks (T003-T004)',
      'Resuming from T003',
      'Starting Phase 2: Docs (T003-T004)...',
      '[T003 and T004 can be done in parallel - checks]',
    ])
    expect(resumed.text).toContain('[T003] Document it in README.md\n')
    expect((await second.call('next_task')).text).not.toContain('Resuming')
  })

  it('reports at the end how many tasks it did', async () => {
    const project = stackProject(PLAN, TESTS)
    for (const file of ['one.txt', 'two.txt', 'README.md', 'MORE.md']) project.write(file, 'x')
    const report = async ({ call }: Assistant) =>
      String((await call('read_document', { document: 'validation' })).data['text'])
    const first = await connect(project.root)
    await finish(project, first.call, 'T001')
    expect(await report(first)).not.toContain('resumed')
    await first.close()
    const second = await connect(project.root)
    for (const task of ['T002', 'T003', 'T004']) await finish(project, second.call, task)
    await second.call('run_validation')
    expect(await report(second)).toContain(
      '- ✓ 4/4 tasks completed (3 resumed from previous run)\n',
    )
  })
})
