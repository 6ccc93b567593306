import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTask } from '../kit/assistant.ts'
import { nodeTest } from '../kit/project.ts'

const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = 'export class Stack {}\n'
const DONE = 'export class Stack {\n  size = 0\n}\n'
const TEST = 'tests/size.test.js'

describe('honest work is not refused', () => {
  it('if a setup task names no file, but files have changed since its start', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Create the project structure per plan\n',
    )
    const early = await call('record_green', { task: 'T001' })
    expect(early).toMatchObject({
      code: 'no_command',
      text: expect.stringContaining('Do the work'),
    })
    project.write('src/index.js', 'export {}\n')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
  })

  it('if a task names an existing folder, but only after something in it has changed', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Update documentation in docs/\n',
      {
        'docs/old.md': 'old\n',
      },
    )
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: 'no_command' })
    project.write('docs/new.md', 'new\n')
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
  })

  it('if a stub turns a load failure into a real RED', async () => {
    const { project, call } = await startTask(
      '## Tests\n- [ ] T001 Contract test for size in tests/size.test.js\n',
    )
    project.write(TEST, SIZE)
    expect((await call('record_red', { task: 'T001', tests: [TEST] })).data).toMatchObject({
      loadFailure: true,
    })
    project.write('src/stack.js', STUB)
    const real = await call('record_red', { task: 'T001', tests: [TEST] })
    expect(real.data).toMatchObject({ counts: { failed: 1 } })
    expect(real.data).not.toHaveProperty('loadFailure')
  })

  it('if a task deletes a file', async () => {
    const { project, call } = await startTask('## Core\n- [ ] T001 Remove src/old.js\n', {
      'src/old.js': 'export const old = 1\n',
    })
    project.write(
      'tests/old.test.js',
      "import test from 'node:test'\nimport assert from 'node:assert/strict'\nimport { existsSync } from 'node:fs'\ntest('old is gone', () => assert.equal(existsSync('src/old.js'), false))\n",
    )
    await call('record_red', { task: 'T001', tests: ['tests/old.test.js'] })
    rmSync(path.join(project.root, 'src/old.js'))
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
  })

  it('if a test file is renamed after its task is done', async () => {
    const { project, call } = await startTask('## Core\n- [ ] T001 size in src/stack.js\n', {
      'src/stack.js': STUB,
    })
    project.write(TEST, SIZE)
    await call('record_red', { task: 'T001', tests: [TEST] })
    project.write('src/stack.js', DONE)
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    renameSync(path.join(project.root, TEST), path.join(project.root, 'tests/total.test.js'))
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
  })

  it('if another task in progress has a new test that still fails', async () => {
    const { project, call } = await startTask(
      '## Core\n- [ ] T001 [P] size in src/stack.js\n- [ ] T002 [P] depth in src/depth.js\n',
      { 'src/stack.js': STUB, 'src/depth.js': 'export const depth = 0\n' },
    )
    await call('next_task', { task: 'T002' })
    project.write(TEST, SIZE)
    project.write(
      'tests/depth.test.js',
      "import test from 'node:test'\nimport assert from 'node:assert/strict'\nimport { depth } from '../src/depth.js'\ntest('depth', () => assert.equal(depth, 1))\n",
    )
    await call('record_red', { task: 'T001', tests: [TEST] })
    await call('record_red', { task: 'T002', tests: ['tests/depth.test.js'] })
    project.write('src/stack.js', DONE)
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({
      stage: 'done',
      suite: { excused: 1, counts: { failed: 1 } },
    })
  })
})
