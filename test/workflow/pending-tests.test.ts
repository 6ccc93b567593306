import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { nodeTest, stackProject } from '../kit/project.ts'

const AHEAD = `## Phase 1: Tests
- [ ] T001 Contract test for size in tests/size.test.js
- [ ] T002 Contract test for push in tests/push.test.js

## Phase 2: Core
- [ ] T003 The stack in src/stack.js
`

describe('tests that were written ahead', () => {
  it('are offered to the task that can make them pass, each with the task that wrote it', async () => {
    const project = stackProject(AHEAD, { 'src/stack.js': 'export class Stack {}\n' })
    const { call } = await connect(project.root)
    for (const [task, name] of [
      ['T001', 'size'],
      ['T002', 'push'],
    ] as const) {
      const file = `tests/${name}.test.js`
      await call('next_task')
      project.write(file, nodeTest(name, `assert.equal(new Stack().${name}, 0)`))
      await call('record_red', { task, tests: [file] })
      expect(await call('mark_complete', { task })).toMatchObject({ code: undefined })
    }
    const { data } = await call('next_task')
    // The only task that is left. The server does not decide which of them belong to this task.
    expect(data).toHaveProperty('next.arguments', { task: 'T003' })
    expect(data).toMatchObject({
      task: { id: 'T003' },
      next: {
        tool: 'record_red',
        say: expect.stringContaining(
          'If tests written in advance (tests/size.test.js by T001, tests/push.test.js by T002) test this task, use those',
        ),
      },
    })
  })

  it('are not offered to a task that comes before the one they are about', async () => {
    const plan = `## Phase 1: Tests
- [ ] T001 Contract test for push in tests/push.test.js

## Phase 2: Core
- [ ] T002 The size in src/size.js
- [ ] T003 The push method in src/stack.js
`
    const project = stackProject(plan, { 'src/stack.js': 'export class Stack {}\n' })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('tests/push.test.js', nodeTest('push', 'assert.equal(new Stack().push, 0)'))
    await call('record_red', { task: 'T001', tests: ['tests/push.test.js'] })
    await call('mark_complete', { task: 'T001' })
    const size = await call('next_task')
    expect(size.data).toMatchObject({ task: { id: 'T002' }, next: { arguments: { task: 'T002' } } })
    expect(size.text).not.toContain('tests/push.test.js')
  })
})
