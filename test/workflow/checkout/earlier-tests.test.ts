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
/** The code of the second task breaks the first one. */
const BROKEN = 'export class Stack {\n  push() { return 1 }\n}\n'

interface Session {
  project: Project
  call: Assistant['call']
}

/** T001 is done. T002 is red with tests in the same file, or in a file of its own. */
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

/** Tries to finish T002 with these tests and this code. */
async function finishSecond({ project, call }: Session, test: string, code: string) {
  project.write(TEST, test)
  project.write('src/stack.js', code)
  await call('record_green', { task: 'T002' })
  return call('mark_complete', { task: 'T002' })
}

/** What `verify` names as tests that changed after the code. */
async function changedTestsOf({ root }: Project): Promise<string[]> {
  const features = await verify(callAt(root))
  const groups = features.flatMap(({ evidence }) => evidence)
  const changed = groups.filter(group => group.class === 'tests-changed')
  return changed.flatMap(({ members }) => members.map(({ name }) => name))
}

describe('a test that proved a task', () => {
  it('may get other tests in its file', async () => {
    const all = await atSecondRed()
    expect(await finishSecond(all, SIZE + PUSH, BOTH)).toMatchObject({ code: undefined })
    const { data } = await all.call('run_validation')
    expect(data).toMatchObject({ passed: true })
    expect(await changedTestsOf(all.project)).toEqual([])
  })

  it('may be rewritten if it still fails without the code of that task', async () => {
    const all = await atSecondRed()
    const tidied = SIZE.replace(
      'assert.equal(new Stack().size, 0)',
      'const { size } = new Stack()\n  assert.ok(size === 0)',
    )
    expect(await finishSecond(all, tidied + PUSH, BOTH)).toMatchObject({ code: undefined })
    const { data } = await all.call('run_validation')
    expect(data).toMatchObject({
      passed: true,
      messages: expect.not.arrayContaining([expect.stringContaining('that proved T001 fails')]),
    })
    expect(await changedTestsOf(all.project)).toContain(`T001 (${TEST})`)
  })

  it('cannot be weakened by the next task, which breaks its code', async () => {
    const all = await atSecondRed()
    const weak = SIZE.replace('assert.equal(new Stack().size, 0)', 'assert.ok(new Stack())')
    expect(await finishSecond(all, weak + PUSH, BROKEN)).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining(`the code of their task: T001 "${TEST} > size".`),
    })
    expect(await finishSecond(all, SIZE + PUSH, BOTH)).toMatchObject({ code: undefined })
  })

  it('may assert something else if the next task saw that fail', async () => {
    const all = await atSecondRed()
    const other = SIZE.replace('size, 0', 'size, undefined')
    expect(await finishSecond(all, other + PUSH, BROKEN)).toMatchObject({ code: undefined })
    // The current code fails the first version. A human decides if that is right.
    expect((await all.call('run_validation')).data).toMatchObject({
      passed: true,
      messages: expect.arrayContaining([
        `! The version of "${TEST} > size" that proved T001 fails on the current code: review how it was changed`,
      ]),
    })
    expect(await verify(callAt(all.project.root))).toMatchObject([{ passed: true, superseded: 1 }])
  })
})

describe('an early return in a test that proved a task', () => {
  it('is found by every validation', async () => {
    const all = await atSecondRed()
    const weak = SIZE.replace('  assert.equal', '  return\n  assert.equal')
    expect(await finishSecond(all, weak + PUSH, BROKEN)).toMatchObject({ code: undefined })
    const expected = `proved T001, and now passes without its code: ${TEST} > size`
    // It is found again in the second attempt.
    for (const _attempt of [1, 2])
      expect((await all.call('run_validation')).data).toMatchObject({
        passed: false,
        gates: [{ name: 'tests', findings: [expect.stringContaining(expected)] }],
      })
  })
})

describe('a changed test that cannot run on the sources of its RED', () => {
  it('is reported and counted', async () => {
    const all = await atSecondRed('tests/push.test.js')
    all.project.write('src/depth.js', 'export const depth = 1\n')
    const more = "import { depth } from '../src/depth.js'\n"
    const answer = await finishSecond(all, more + SIZE.replace('size, 0', 'size, depth - 1'), BOTH)
    expect(answer).toMatchObject({
      code: undefined,
      text: expect.stringContaining('review the change'),
    })
    expect(await verify(callAt(all.project.root))).toMatchObject([{ passed: true, unseen: 1 }])
  })
})

describe('a changed fixture of an earlier test', () => {
  it('is replaced by its earlier version, with which the code must still pass', async () => {
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
    expect(await call('mark_complete', { task: 'T002' })).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining('tests/fixtures/want.js changed, and with the earlier version'),
    })
    project.write('tests/fixtures/want.js', 'export const want = 0\n')
    project.write('src/stack.js', BOTH)
    expect(await call('mark_complete', { task: 'T002' })).toMatchObject({ code: undefined })
    // After the last task there is no task to refuse, so the validation fails.
    project.write('tests/fixtures/want.js', 'export const want = undefined\n')
    project.write('src/stack.js', BROKEN)
    expect((await call('run_validation')).data).toMatchObject({
      passed: false,
      gates: [{ findings: [expect.stringContaining('as it was then (changed: tests/fixtures/')] }],
    })
  })
})

describe('a validation', () => {
  it('runs the suite once, and nothing else for a task without tests', async () => {
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

describe('an earlier test that now calls later code', () => {
  it('does not count as a test of the earlier task because it fails there', async () => {
    const all = await atSecondRed('tests/push.test.js')
    const calls = SIZE.replace('assert.equal(new Stack().size, 0)', 'new Stack().push()')
    expect(await finishSecond(all, calls, BROKEN)).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining('fail on the current code: T001'),
    })
    expect(await finishSecond(all, calls, BOTH)).toMatchObject({
      code: undefined,
      text: expect.stringContaining('review the change'),
    })
  })
})

describe('a changed test that is older than the feature', () => {
  const OLD = nodeTest('old', 'assert.equal(new Stack().depth, 1)')

  it('is reported to the human, unless it failed first', async () => {
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
    expect(data).toMatchObject({
      passed: true,
      messages: expect.arrayContaining([
        expect.stringMatching(/the server did not see fail, .*: tests\/old\.test\.js\. A human/),
      ]),
    })
    expect((await call('read_document', { document: 'validation' })).text).toContain(
      'were not seen to fail first: tests/old.test.js',
    )
  })
})
