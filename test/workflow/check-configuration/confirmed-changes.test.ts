import { describe, expect, it } from 'vitest'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { outcomeReport } from '../../../src/workflow/report/outcome-report.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves } from '../../kit/human.ts'
import { nodeTest, stackProject, TASKS } from '../../kit/project.ts'

const TEST = 'tests/size.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = { 'src/stack.js': 'export class Stack {}\n' }

describe('settings that change while a task is in progress', () => {
  it.each([
    ['make it a check', { kinds: [{ tasks: 'T001', kind: 'check' }] }],
    ['make it a test', { kinds: [{ tasks: 'T001', kind: 'test' }] }],
  ])('and %s are refused in each step until a human agrees', async (_what, settings) => {
    const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', STUB)
    const { call } = await connect(project.root)
    await call('next_task')
    project.write(TEST, SIZE)
    await call('record_red', { task: 'T001', tests: [TEST] })
    project.write('redgreen.config.json', JSON.stringify(settings))
    for (const [tool, input] of [
      ['record_green', { task: 'T001' }],
      ['record_red', { task: 'T001', tests: [TEST] }],
      ['mark_complete', { task: 'T001' }],
      ['next_task', { task: 'T001' }],
      ['next_task', {}],
    ] as const) {
      const { code, text } = await call(tool, input)
      expect([tool, code]).toEqual([tool, 'settings_changed'])
      expect(text).toContain('`redgreen approve`')
    }
    await humanApproves(project)
    expect(await call('next_task')).toMatchObject({ code: undefined })
  })

  it('and are restored need no human', async () => {
    const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', STUB)
    const { call } = await connect(project.root)
    await call('next_task')
    const kinds = '{"kinds":[{"tasks":"T001","kind":"check"}]}'
    project.write('redgreen.config.json', kinds)
    expect(await call('next_task')).toMatchObject({ code: 'settings_changed' })
    project.remove('redgreen.config.json')
    expect(await call('next_task')).toMatchObject({ code: undefined })
  })
})

describe('a test task that is opened again', () => {
  const PLAN =
    '## Tests\n- [ ] T001 Contract test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n'

  async function reopened() {
    const project = stackProject(PLAN, STUB)
    const { call } = await connect(project.root)
    await call('next_task')
    project.write(TEST, SIZE)
    await call('record_red', { task: 'T001', tests: [TEST] })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
    project.write(TASKS, project.read(TASKS).replace('[X] T001', '[ ] T001'))
    expect(await call('next_task', { task: 'T001' })).toMatchObject({ code: undefined })
    return { project, call }
  }

  it.each([
    ['a weaker one', SIZE.replace('.equal(new Stack().size, 0)', ".ok('size' in new Stack())")],
    ['one of another name', SIZE.replace("test('size'", "test('it'")],
  ])('cannot replace its pending test by %s', async (_what, weaker) => {
    const { project, call } = await reopened()
    project.write(TEST, weaker)
    const refused = await call('record_red', { task: 'T001', tests: [TEST] })
    expect(refused).toMatchObject({ code: 'tests_changed' })
    expect(refused.text).toContain('`redgreen approve`')
  })

  it('cannot leave its pending test behind in favour of another file', async () => {
    const { project, call } = await reopened()
    project.remove(TEST)
    const other = 'tests/other.test.js'
    project.write(other, SIZE.replace('equal(new Stack().size, 0)', "ok('size' in new Stack())"))
    expect(await call('record_red', { task: 'T001', tests: [other] })).toMatchObject({
      code: 'tests_changed',
    })
  })

  it('may add tests, all of which are pending', async () => {
    const { project, call } = await reopened()
    project.write(TEST, `${SIZE}test('zero', () => assert.equal(new Stack().size + 1, 1))\n`)
    await call('record_red', { task: 'T001', tests: [TEST] })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
    await call('next_task')
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect(await call('record_red', { task: 'T002', tests: [TEST], late: true })).toMatchObject({
      code: undefined,
    })
    expect(await call('record_green', { task: 'T002' })).toMatchObject({ code: undefined })
    expect(await call('mark_complete', { task: 'T002' })).toMatchObject({ code: undefined })
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
  })

  it('may get other tests after a human has seen them', async () => {
    const { project, call } = await reopened()
    project.write(TEST, SIZE.replace("test('size'", "test('it'").replace('size, 0', 'size, 1'))
    expect(await humanApproves(project)).toContain('tests/size.test.js (decides whether T001')
    expect(await call('record_red', { task: 'T001', tests: [TEST] })).toMatchObject({
      code: undefined,
    })
    await call('mark_complete', { task: 'T001' })
    const { data } = await call('next_task')
    expect(data).toMatchObject({ progress: { owed: 1 } })
  })
})

describe('the report', () => {
  it('names tasks that had events and are gone, before and after a human agreed', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n')
    const { call } = await connect(project.root)
    for (const [task, file] of [
      ['T001', 'one.txt'],
      ['T002', 'two.txt'],
    ] as const) {
      await call('next_task')
      project.write(file, 'text')
      await call('record_green', { task })
      await call('mark_complete', { task })
    }
    project.write(TASKS, '## Setup\n- [X] T001 Create one.txt\n')
    const report = async () => outcomeReport(await loadContext(callAt(project.root)))
    expect(await report()).toMatch(/- ⚠ T002 .* is gone, and no human has confirmed that/)
    await humanApproves(project)
    expect(await call('run_validation')).toMatchObject({ code: undefined })
    expect(await report()).toContain(
      '- T002 was worked on and is no longer in the plan, as a human decided',
    )
  })
})
