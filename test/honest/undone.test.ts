import { describe, expect, it } from 'vitest'
import { nodeTest } from '../kit/project.ts'
import {
  FIRST,
  PUSH,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from './stack.ts'
import { COMPLETE, honestWork } from './work.ts'

const COUNT_TEST = 'tests/count.test.js'
const COUNT_IS_ZERO = nodeTest('count', 'assert.equal(new Stack().count, 0)')
const COUNT = SIZE.replace('size', 'count')

describe('a test that is no longer wanted', () => {
  it('is refused as missing, with the command that retires it, and then the task is done', async () => {
    const plan =
      '- [ ] T001 size in src/stack.js\n- [ ] T002 Replace size by count in src/stack.js\n'
    const work = honestWork(plan, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    work.write(COUNT_TEST, COUNT_IS_ZERO)
    await work.red('T002', COUNT_TEST)
    work.write(SOURCE, COUNT)
    work.remove(SIZE_TEST)
    await work.green('T002')
    const { code, text } = await work.refused('mark_complete', { task: 'T002' })
    expect(code).toBe('suite_fails')
    expect(text).toContain(`\`redgreen waive --test "${SIZE_TEST} > size" --reason …\``)
    await work.retires('size')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('was written in advance, and needs no code any more', async () => {
    const plan = `## Tests
- [ ] T001 Contract tests in tests/size.test.js

## Core
- [ ] T002 size in src/stack.js
`
    const work = honestWork(plan, { [SOURCE]: STUB })
    await work.start('T001', 'test')
    const both = `${SIZE_IS_ZERO}test('top', () => assert.equal(new Stack().top, null))\n`
    work.write(SIZE_TEST, both)
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    await work.start('T002')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const { text } = await work.refused('record_red', { task: 'T002', tests: [SIZE_TEST] })
    expect(text).toContain('`redgreen waive --test')
    await work.retires('top')
    await work.red('T002', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.each([
    ['that no task has', 'pop', /No task of 001-stack is proven by a test "pop".*redgreen approve/],
    ['whose name two files have', 'size', /"size" fits 2 tests.*tests\/again.*tests\/size/],
  ])('cannot be one %s', async (_what, name, text) => {
    const again = 'tests/again.test.js'
    const work = honestWork('- [ ] T001 size in src/stack.js\n', { [SOURCE]: STUB })
    await work.start('T001')
    for (const file of [SIZE_TEST, again]) work.write(file, SIZE_IS_ZERO)
    await work.red('T001', [SIZE_TEST, again])
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await expect(work.retires(name)).rejects.toThrow(text)
  })
})

describe('a task that a human opens again', () => {
  it('is done again with other tests, while a later task stays done', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.build('T002', ...SECOND)
    await work.reopens('T001')
    await work.start('T001')
    work.remove(SIZE_TEST)
    work.write(COUNT_TEST, COUNT_IS_ZERO)
    await work.red('T001', COUNT_TEST)
    work.write(SOURCE, PUSH.replace('size = 0', 'size = 0\n  count = 0'))
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })
})

describe('a task that failed because of an earlier one', () => {
  it('is resumed after a human has reopened the earlier one and it is done again', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    await work.call('report_failure', { task: 'T002', error: 'size of T001 is wrong' })
    expect(await work.refused('next_task')).toMatchObject({ code: 'halted' })
    await work.reopens('T001')
    await work.start('T001')
    work.write('tests/empty.test.js', nodeTest('empty', 'assert.equal(new Stack().empty, true)'))
    await work.red('T001', 'tests/empty.test.js')
    work.write(SOURCE, SIZE.replace('size = 0', 'size = 0\n  empty = true'))
    await work.green('T001')
    await work.done('T001')
    await work.call('next_task', { task: 'T002' })
  })
})
