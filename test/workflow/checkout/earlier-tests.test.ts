import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, nodeTest, stackProject, type Project } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'
const TEST = 'tests/stack.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const PUSH = "test('push', () => {\n  assert.equal(new Stack().push(), 1)\n})\n"
const BOTH = 'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n'
/** The work of the second task breaks that of the first one. */
const BROKEN = 'export class Stack {\n  push() { return 1 }\n}\n'

interface Session {
  project: Project
  call: Assistant['call']
}

/** T001 is done, and T002 is red by tests in the same file, or in one of its own. */
async function atSecondRed(own?: string): Promise<Session> {
  const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
  const { call } = await connect(project.root)
  await call('next_task')
  project.write(TEST, SIZE)
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T001' })
  expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
  await call('next_task')
  if (own === undefined) project.write(TEST, SIZE + PUSH)
  else project.write(own, nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
  await call('record_red', { task: 'T002', tests: [own ?? TEST] })
  return { project, call }
}

/** T002 says that it is done, with these tests and this code. */
async function second({ project, call }: Session, test: string, code: string) {
  project.write(TEST, test)
  project.write('src/stack.js', code)
  await call('record_green', { task: 'T002' })
  return call('mark_complete', { task: 'T002' })
}

describe('a test that has proven a task', () => {
  it('may get others beside it', async () => {
    const all = await atSecondRed()
    expect(await second(all, SIZE + PUSH, BOTH)).toMatchObject({ code: undefined })
    const { data } = await all.call('run_validation')
    expect(data).toMatchObject({ passed: true })
  })

  it('may be rewritten as long as it fails without the code of that task', async () => {
    const all = await atSecondRed()
    const tidied = SIZE.replace(
      'assert.equal(new Stack().size, 0)',
      'const { size } = new Stack()\n  assert.ok(size === 0)',
    )
    expect(await second(all, tidied + PUSH, BOTH)).toMatchObject({ code: undefined })
    const { data } = await all.call('run_validation')
    expect(data).toMatchObject({
      passed: true,
      messages: expect.not.arrayContaining([expect.stringContaining('that proved T001 fails')]),
    })
  })

  it('is not weakened by the next one that breaks its code', async () => {
    const all = await atSecondRed()
    const weak = SIZE.replace('assert.equal(new Stack().size, 0)', 'assert.ok(new Stack())')
    expect(await second(all, weak + PUSH, BROKEN)).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining(`the code of their task: T001 "${TEST} > size".`),
    })
    expect(await second(all, SIZE + PUSH, BOTH)).toMatchObject({ code: undefined })
  })

  it('may ask for something else where the next one saw that fail', async () => {
    const all = await atSecondRed()
    const other = SIZE.replace('size, 0', 'size, undefined')
    expect(await second(all, other + PUSH, BROKEN)).toMatchObject({ code: undefined })
    // What the first one had asked for is not there any more: rightly or not is for a person to say.
    expect((await all.call('run_validation')).data).toMatchObject({
      passed: true,
      messages: expect.arrayContaining([
        `! The version of "${TEST} > size" that proved T001 fails on the current code: review how it was changed`,
      ]),
    })
    expect(await verify(callAt(all.project.root))).toMatchObject([{ passed: true, superseded: 1 }])
  })
})

describe('a line put into a test that has proven a task', () => {
  it('is found by every validation', async () => {
    const all = await atSecondRed()
    const weak = SIZE.replace('  assert.equal', '  return\n  assert.equal')
    expect(await second(all, weak + PUSH, BROKEN)).toMatchObject({ code: undefined })
    const expected = `proved T001, and now passes without its code: ${TEST} > size`
    // Being found once is no way through.
    for (const _attempt of [1, 2])
      expect((await all.call('run_validation')).data).toMatchObject({
        passed: false,
        gates: [{ name: 'tests', findings: [expect.stringContaining(expected)] }],
      })
  })
})

describe('a test that cannot be run on the sources of its RED any more', () => {
  it('is reported and counted', async () => {
    const all = await atSecondRed('tests/push.test.js')
    all.project.write('src/depth.js', 'export const depth = 1\n')
    const more = "import { depth } from '../src/depth.js'\n"
    const answer = await second(all, more + SIZE.replace('size, 0', 'size, depth - 1'), BOTH)
    expect(answer).toMatchObject({
      code: undefined,
      text: expect.stringContaining('review the change'),
    })
    expect(await verify(callAt(all.project.root))).toMatchObject([{ passed: true, unseen: 1 }])
  })
})

describe('what the tests of an earlier task share', () => {
  it('is looked at with what it was when it is changed, once the feature is validated', async () => {
    const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('tests/fixtures/want.js', 'export const want = 0\n')
    const size = `import { want } from './fixtures/want.js'\n${SIZE.replace('size, 0', 'size, want')}`
    project.write(TEST, size)
    await call('record_red', { task: 'T001', tests: [TEST] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    await call('next_task')
    project.write('tests/fixtures/want.js', 'export const want = undefined\n')
    project.write('tests/push.test.js', nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
    await call('record_red', { task: 'T002', tests: ['tests/push.test.js'] })
    project.write('src/stack.js', BROKEN)
    await call('record_green', { task: 'T002' })
    expect(await call('mark_complete', { task: 'T002' })).toMatchObject({ code: undefined })
    expect((await call('run_validation')).data).toMatchObject({
      messages: expect.arrayContaining([
        expect.stringMatching(/^! The version of .* that proved T001 fails/),
      ]),
    })
  })
})

describe('a validation', () => {
  it('runs the suite once, and nothing for a task that has no test', async () => {
    const count = path.join(makeProject({ count: '' }, { git: false }).root, 'count')
    const tasks = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 size in src/stack.js\n'
    const project = stackProject(tasks, { 'src/stack.js': 'export class Stack {}\n' })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('notes.txt', 'x')
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    await call('next_task')
    const counts = `import { appendFileSync } from 'node:fs'\nappendFileSync(${JSON.stringify(count)}, 'x')\n`
    project.write(TEST, counts + SIZE)
    await call('record_red', { task: 'T002', tests: [TEST] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    await call('record_green', { task: 'T002' })
    expect(await call('mark_complete', { task: 'T002' })).toMatchObject({ code: undefined })
    const before = readFileSync(count, 'utf8').length
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
    expect(readFileSync(count, 'utf8')).toHaveLength(before + 1)
  })
})

describe('a test that calls what came later', () => {
  it('is no test of the earlier task for failing there', async () => {
    const all = await atSecondRed('tests/push.test.js')
    const calls = SIZE.replace('assert.equal(new Stack().size, 0)', 'new Stack().push()')
    expect(await second(all, calls, BROKEN)).toMatchObject({
      code: undefined,
      text: expect.stringContaining('review the change'),
    })
    expect((await all.call('run_validation')).data).toMatchObject({
      messages: expect.arrayContaining([
        expect.stringMatching(/^! The version of .* that proved T001 fails/),
      ]),
    })
  })
})

describe('a test from before the feature that was changed', () => {
  const OLD = nodeTest('old', 'assert.equal(new Stack().depth, 1)')

  it('is named to the person, unless it was seen to fail', async () => {
    const tasks = '## Core\n- [ ] T001 size in src/stack.js\n'
    const project = stackProject(tasks, {
      'src/stack.js': 'export class Stack {\n  depth = 1\n}\n',
      'tests/old.test.js': OLD,
      'tests/other.test.js': OLD,
    })
    const { call } = await connect(project.root)
    await call('next_task')
    project.write('tests/other.test.js', OLD.replace('depth, 1', 'size, 0'))
    await call('record_red', { task: 'T001', tests: ['tests/other.test.js'] })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    project.write('tests/old.test.js', nodeTest('old', 'assert.ok(new Stack())'))
    await call('record_green', { task: 'T001' })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
    const { data } = await call('run_validation')
    const expected = 'were not seen to fail first: tests/old.test.js'
    expect(data).toMatchObject({
      passed: true,
      messages: expect.arrayContaining([expect.stringMatching(`${expected}$`)]),
    })
    expect((await call('read_document', { document: 'validation' })).text).toContain(expected)
  })
})
