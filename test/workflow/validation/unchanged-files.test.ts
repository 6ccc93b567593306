import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { nodeTest, stackProject } from '../../kit/project.ts'

const DONE = 'export class Stack {\n  size = 0\n}\n'

describe('files that change while a validation runs', () => {
  it('make the validation fail, and their state is not recorded as validated', async () => {
    const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', {
      'src/stack.js': 'export class Stack {}\n',
      '.gitignore': 'runs\ngo\n',
    })
    const { call } = await connect(project.root)
    await call('next_task')
    // The test creates `runs` when it runs, and then waits until it may end.
    const waits = `import { existsSync, writeFileSync } from 'node:fs'\nif (existsSync('runs')) {\n  writeFileSync('runs', 'yes')\n  while (!existsSync('go')) await new Promise(resolve => setTimeout(resolve, 20))\n}\n`
    const size = nodeTest('size', 'assert.equal(new Stack().size, 0)')
    project.write('tests/size.test.js', waits + size)
    await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
    project.write('src/stack.js', DONE)
    await call('record_green', { task: 'T001' })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })

    project.write('runs', '')
    const validating = call('run_validation')
    await expect.poll(() => project.read('runs'), { timeout: 60_000 }).not.toBe('')
    project.write('src/stack.js', 'broken(')
    project.write('go', '')
    expect((await validating).data).toMatchObject({
      passed: false,
      gates: expect.arrayContaining([
        expect.objectContaining({
          name: 'files',
          findings: ['src/stack.js changed during the validation'],
        }),
      ]),
    })
    expect((await call('run_validation')).data).toMatchObject({ passed: false, attempt: 2 })
    project.write('src/stack.js', DONE)
    expect((await call('run_validation')).data).toMatchObject({ passed: true, attempt: 3 })
  })
})
