import { describe, expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { nodeTest, stackProject } from '../../kit/project.ts'

const PLAN = `## Phase 1: Tests
- [ ] T001 [P] Contract test for size in tests/contract/size.test.js
- [ ] T002 [P] Integration test for push in tests/integration/push.test.js

## Phase 2: Core
- [ ] T003 Stack with size in src/stack.js

## Phase 3: Integration
- [ ] T004 push in src/stack.js
`
const TESTS = {
  'tests/contract/size.test.js': nodeTest('size', 'assert.equal(new Stack().size, 0)').replace(
    '../src',
    '../../src',
  ),
  'tests/integration/push.test.js': nodeTest(
    'push',
    'const s = new Stack(); s.push(1); assert.equal(s.size, 1)',
  ).replace('../src', '../../src'),
}

/** A feature up to the end of its Core phase. */
async function finishCore() {
  const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
  const { call } = await connect(project.root)
  const ahead = async (task: string, test: keyof typeof TESTS) => {
    const offered = await call('next_task', { task })
    project.write(test, TESTS[test])
    await call('record_red', { task, tests: [test] })
    return { offered, marked: await call('mark_complete', { task }) }
  }
  const { offered } = await ahead('T001', 'tests/contract/size.test.js')
  const { marked } = await ahead('T002', 'tests/integration/push.test.js')
  await call('next_task')
  await call('record_red', { task: 'T003', tests: ['tests/contract/size.test.js'] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T003' })
  return { project, call, offered, marked, core: await call('mark_complete', { task: 'T003' }) }
}

describe('the groups of tests that are written ahead', () => {
  it('are counted at the end of a phase that builds, and in the report', async () => {
    const { call, offered, marked, core } = await finishCore()
    expect(marked.text).toContain('Phase 1: Tests Complete')
    expect(marked.text).not.toContain('tests passing')
    expect(offered.data['messages']).toContain(
      '[T001 and T002 can be done in parallel - contract and integration tests]',
    )
    expect(core.data['messages']).toEqual(
      expect.arrayContaining(['✓ Contract tests passing: 1/1', '⚠ Integration tests passing: 0/1']),
    )
    expect(core.text).toContain('✓ Contract tests passing: 1/1\n')
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text)).toContain('- ✓ All contract tests passing (1)\n')
    expect(String(text)).toContain('- ⚠ 0 of 1 integration tests pass\n')
  })

  it('are named with their folders when a human is asked to run them', async () => {
    const { project, call } = await finishCore()
    await call('next_task')
    await call('record_red', { task: 'T004', tests: ['tests/integration/push.test.js'] })
    const code = 'export class Stack {\n  size = 0\n  push() {\n    this.size += 1\n  }\n}\n'
    project.write('src/stack.js', code)
    await call('record_green', { task: 'T004' })
    const last = await call('mark_complete', { task: 'T004' })
    expect(last.data['messages']).toContain('✓ Integration tests passing: 1/1')
    await call('run_validation')
    const { text } = (await call('read_document', { document: 'validation' })).data
    expect(String(text)).toContain(
      '2. Run the tests and the application yourself, group by group: contract (tests/contract), integration (tests/integration)\n',
    )
  })

  it('must pass before the feature is validated', async () => {
    const { project, call } = await finishCore()
    await call('next_task')
    // The last task does not do what the pending test asserts.
    project.write('tests/pop.test.js', nodeTest('pop', 'assert.equal(new Stack().pop(), 1)'))
    await call('record_red', { task: 'T004', tests: ['tests/pop.test.js'] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n  pop = () => 1\n}\n')
    await call('record_green', { task: 'T004' })
    const last = await call('mark_complete', { task: 'T004' })
    expect(last.data['messages']).toContain('⚠ Integration tests passing: 0/1')
    expect((await call('run_validation')).data).toMatchObject({
      passed: false,
      gates: [
        {
          name: 'tests',
          passed: false,
          findings: expect.arrayContaining([
            'pending and not green: tests/integration/push.test.js > push',
          ]),
        },
      ],
    })
    project.remove('tests/integration/push.test.js')
    expect((await call('run_validation')).data).toMatchObject({
      passed: false,
      gates: [
        {
          findings: expect.arrayContaining([
            'pending and not seen to pass: tests/integration/push.test.js > push (tests/integration/push.test.js was changed or removed since T002 wrote it in advance: restore it, or a human confirms it with `redgreen approve`)',
          ]),
        },
      ],
    })
  })
})
