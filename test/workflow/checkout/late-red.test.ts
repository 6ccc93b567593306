import { describe, expect, it } from 'vitest'
import { nodeTest } from '../../kit/project.ts'
import {
  FIRST,
  importing,
  ONE_TASK,
  PUSH,
  PUSH_COUNTS,
  PUSH_TEST,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from '../../honest/stack.ts'
import { COMPLETE, honestWork } from '../../honest/work.ts'

const late = { late: true }
const QUEUE = 'src/queue.js'
const QUEUE_TEST = 'tests/queue.test.js'
const queueTest = (names: string, body: string) =>
  importing(names, '../src/queue.js', nodeTest('queue', body))

describe('a test task whose code was written first', () => {
  const PLAN = `## Core
- [ ] T001 [P] Contract test for size in tests/size.test.js
- [ ] T002 [P] size in src/stack.js
`

  it('is proven without that code, and the refusal says how', async () => {
    const work = honestWork(PLAN, { [SOURCE]: STUB })
    await work.start('T001', 'test')
    work.write(SOURCE, SIZE)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const red = { task: 'T001', tests: [SIZE_TEST] }
    expect(await work.refused('record_red', red)).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('late: true'),
    })
    await work.red('T001', SIZE_TEST, late)
    await work.done('T001')
    await work.start('T002')
    await work.red('T002', SIZE_TEST, late)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('is proven by the test that another task with its code is proven by', async () => {
    const work = honestWork(PLAN, { [SOURCE]: STUB })
    await work.call('next_task', { task: 'T002' })
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T002', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T002')
    await work.done('T002')
    await work.start('T001', 'test')
    await work.red('T001', SIZE_TEST, late)
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('is proven with code that is older than the feature, removed for a moment', async () => {
    const work = honestWork(PLAN, { [SOURCE]: SIZE })
    await work.start('T001', 'test')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const request = { task: 'T001', tests: [SIZE_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('remove it for a moment'),
    })
    work.write(SOURCE, STUB)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.done('T001')
  })

  it.each([
    ['is missing', undefined],
    ['is a stub', STUB],
    ['is wrong', SIZE.replace('0', '7')],
  ])('needs no `late` if the code %s', async (_, code) => {
    const work = honestWork(PLAN, code === undefined ? {} : { [SOURCE]: STUB })
    await work.start('T001', 'test')
    if (code !== undefined) work.write(SOURCE, code)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const request = { task: 'T001', tests: [SIZE_TEST], ...late }
    const { code: refusal, text } = await work.refused('record_red', request)
    expect(refusal).toBe('green_fails')
    expect(text).toContain('With the current files: ')
    expect(text).toContain('call record_red with task T001 and its test files without `late`')
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
  })
})

describe('a build task whose new module was written first', () => {
  const PLAN = '- [ ] T001 A queue in src/queue.js\n'
  const CODE = `export function push(items, item) {
  return [...items, item]
}
export class Queue {
  items = []
  push(item) { this.items.push(item) }
}
export const LIMIT = 3
export const make = () => new Queue()
`

  it.each([
    ['class', 'Queue', 'const q = new Queue(); q.push(1); assert.deepEqual(q.items, [1])'],
    [
      'value that a function returns',
      'make',
      'const q = make(); q.push(1); assert.equal(q.items[0], 1)',
    ],
  ])('is proven by an assertion about a %s', async (_what, names, body) => {
    const work = honestWork(PLAN)
    await work.start('T001')
    work.write(QUEUE, CODE)
    work.write(QUEUE_TEST, queueTest(names, body))
    expect(await work.red('T001', QUEUE_TEST, late)).toMatchObject({
      tests: [{ outcome: 'failed', message: expect.stringContaining('Expected values') }],
    })
    await work.green('T001')
  })

  it.each([
    ['calls it', 'push, Queue', 'push([], 1); new Queue().push(1)'],
    ['uses what it returns', 'make', 'make().push(1)'],
  ])('is not proven by a test that only %s', async (_what, names, body) => {
    const work = honestWork(PLAN)
    await work.start('T001')
    work.write(QUEUE, CODE)
    work.write(QUEUE_TEST, queueTest(names, body))
    const request = { task: 'T001', tests: [QUEUE_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('Assert what the code returns'),
    })
  })

  it('is not proven by a test that only calls a new method', async () => {
    const work = honestWork('- [ ] T001 push in src/stack.js\n', { [SOURCE]: SIZE })
    await work.start('T001')
    work.write(SOURCE, PUSH)
    work.write(PUSH_TEST, nodeTest('push', 'new Stack().push(1)'))
    const request = { task: 'T001', tests: [PUSH_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({ code: 'red_passes' })
    work.write(PUSH_TEST, PUSH_COUNTS)
    expect(await work.red('T001', PUSH_TEST, late)).toMatchObject({
      tests: [{ outcome: 'failed', message: expect.stringContaining('Expected values') }],
    })
  })

  it('is proven with an empty stub where no stand-in can be written', async () => {
    const work = honestWork(PLAN)
    const test = queueTest('push', 'assert.deepEqual(push([], 1), [1])')
    await work.start('T001')
    // A test that reads the module as text cannot be loaded without it.
    const text = `import { readFileSync } from 'node:fs'\nconst text = JSON.parse(readFileSync('data/queue.json', 'utf8'))\n`
    work.write(QUEUE, CODE)
    work.write('data/queue.json', '{}')
    work.write(QUEUE_TEST, text + test.replace('deepEqual(', 'ok(text); assert.deepEqual('))
    const request = { task: 'T001', tests: [QUEUE_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({
      code: 'red_not_loaded',
      text: expect.stringContaining('empty stub for a moment'),
    })
    work.write(QUEUE, 'export function push() {}\n')
    await work.red('T001', QUEUE_TEST)
    work.write(QUEUE, CODE)
    await work.green('T001')
    await work.done('T001')
  })
})

describe('a retroactive RED after an earlier task', () => {
  it('is refused if its test shows what that task did', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    work.write(PUSH_TEST, nodeTest('starts empty', 'assert.equal(new Stack().size, 0)'))
    const request = { task: 'T002', tests: [PUSH_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({
      code: 'red_not_new',
      text: expect.stringMatching(/with which T001 was proven.*redgreen waive T002/s),
    })
    // The advice works.
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, PUSH)
    await work.red('T002', PUSH_TEST, late)
  })

  it('is recorded if the code was written after that task was proven', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    work.write(SOURCE, PUSH)
    await work.start('T002')
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST, late)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('can be waived if that task did all of it', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', FIRST[0], SECOND[1])
    await work.start('T002')
    work.write(PUSH_TEST, PUSH_COUNTS)
    const request = { task: 'T002', tests: [PUSH_TEST], ...late }
    expect(await work.refused('record_red', request)).toMatchObject({ code: 'red_not_new' })
    await work.waives('T002')
    expect(await work.call('next_task')).toMatchObject({ task: null })
  })
})

describe('a new test with the bytes of another file', () => {
  const OTHER = 'packages/other'

  it('is new in another folder', async () => {
    const work = honestWork(ONE_TASK, {
      [SOURCE]: STUB,
      [`${OTHER}/package.json`]: '{"type":"module"}',
      [`${OTHER}/src/stack.js`]: SIZE,
      [`${OTHER}/tests/size.test.js`]: SIZE_IS_ZERO,
    })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    expect(await work.red('T001', SIZE_TEST)).toMatchObject({ stage: 'red' })
  })

  it('is new if the other file is not a test', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB, 'docs/example.js.txt': SIZE_IS_ZERO })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    expect(await work.red('T001', SIZE_TEST)).toMatchObject({ stage: 'red' })
  })

  it('is old if the other test was moved here', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB, 'old/size.test.js': SIZE_IS_ZERO })
    await work.start('T001')
    work.remove('old/size.test.js')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    const request = { task: 'T001', tests: [SIZE_TEST] }
    expect(await work.refused('record_red', request)).toMatchObject({ code: 'red_not_new' })
  })
})
