import { describe, expect, it } from 'vitest'
import { startTask } from '../../kit/assistant.ts'
import { nodeTest } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'
const TEST = 'tests/stack.test.js'
const RED = { task: 'T001', tests: [TEST] }
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const PASSES = "test('a stack is an object', () => {\n  assert.ok(new Stack())\n})\n"
const STUB = 'export class Stack {}\n'
const CODE = 'export class Stack {\n  size = 0\n}\n'

describe('the answer to a RED', () => {
  it('names a mistake in the test, which may be corrected by recording RED again', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
    project.write(TEST, SIZE.replace('new Stack().size', 'new Stakc().size'))
    const red = await call('record_red', RED)
    expect(red).toMatchObject({ code: undefined, data: { stage: 'red' } })
    const line = /! This looks like a mistake in the test.*: tests\/stack\.test\.js:5 \(`Stakc` is/
    expect(red.text).toMatch(line)
    expect(red.text).toMatch(/Next: .*correct the test and call record_red .*\n?$/)
    expect(red.text).not.toContain('Do not change the test')
    const green = await call('record_green', { task: 'T001' })
    expect(green.code).toBe('nothing_changed')
    project.write('src/stack.js', CODE)
    expect((await call('record_green', { task: 'T001' })).text).toMatch(
      /^\[green_fails\].* This looks like a mistake in the test: tests\/stack\.test\.js:5 \(`Stakc` is/m,
    )
    project.write('src/stack.js', STUB)
    project.write(TEST, SIZE)
    const corrected = await call('record_red', RED)
    expect(corrected.text).not.toContain('mistake')
    expect(corrected.text).toContain('Do not change the test')
    project.write('src/stack.js', CODE)
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  })

  it('does not suspect a test that calls what the task adds', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size(), 0)'))
    const red = await call('record_red', RED)
    expect(red.text).toMatch(/size is not a function/)
    expect(red.text).not.toContain('This looks like a mistake')
  })

  it('says which tests pass already, unless they prove another task', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
    project.write(TEST, SIZE + PASSES)
    const red = await call('record_red', RED)
    const note = '! 1 test already passes, so it proves nothing about T001: "a stack is an object".'
    expect(red.text.split('\n')).toContain(note)
    expect(red.data['notes']).toEqual([note])
    project.write('src/stack.js', CODE)
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    await call('next_task')
    const push = "test('push', () => {\n  assert.equal(new Stack().push?.(1), 1)\n})\n"
    project.write(TEST, SIZE + PASSES + push)
    const second = await call('record_red', { task: 'T002', tests: [TEST] })
    expect(second.data).toMatchObject({ stage: 'red', counts: { passed: 2, failed: 1 } })
    expect(second.data).not.toHaveProperty('notes')
  })

  it('asks for no code if the code exists already', async () => {
    const { project, call } = await startTask(PLAN, { 'src/stack.js': STUB })
    project.write('src/stack.js', CODE)
    project.write(TEST, SIZE)
    const red = await call('record_red', { ...RED, late: true })
    expect(red.data).toMatchObject({ stage: 'red', checkout: 'late' })
    expect(red.text).toMatch(/Next: The code exists already\. Call record_green with task T001\.$/)
    expect((await call('next_task')).text).not.toContain('Write the code')
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  })
})
