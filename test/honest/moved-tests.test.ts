import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeTest } from '../kit/project.ts'
import {
  FIRST,
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
} from './stack.ts'
import { COMPLETE, honestWork, type HonestWork } from './work.ts'

/** After the first of two runs, only the tests of the feature are run for a task. */
const FEATURE_SUITE = { limits: { fullRuns: 2 } }
const UNIT_TEST = 'tests/unit/size.test.js'
const MOVED = SIZE_IS_ZERO.replace('../src', '../../src')

/** The first task is done and committed; then the test of it is moved. */
async function afterFirst(plan = TWO_TASKS, settings: object = FEATURE_SUITE): Promise<HonestWork> {
  const work = honestWork(plan, {
    [SOURCE]: STUB,
    'redgreen.config.json': JSON.stringify(settings),
  })
  await work.build('T001', ...FIRST)
  work.commit('First')
  return work
}

function move(work: HonestWork, to: string, text?: string): void {
  mkdirSync(path.dirname(path.join(work.root, to)), { recursive: true })
  work.git('mv', SIZE_TEST, to)
  if (text !== undefined) work.write(to, text)
  work.commit('Move a test')
}

describe('honest moves of tests', () => {
  it('a test file gets another name between tasks, and only the feature suite is left', async () => {
    const work = await afterFirst()
    move(work, 'tests/length.test.js')
    await work.build('T002', ...SECOND)
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('a refactoring renames a test file, and the suite of the next task knows it', async () => {
    const work = await afterFirst(
      '- [ ] T001 size in src/stack.js\n- [ ] T002 Refactor size in src/stack.js\n- [ ] T003 push in src/stack.js\n',
    )
    await work.start('T002', 'refactor')
    work.write(SOURCE, 'export class Stack {\n  // Counts.\n  size = 1 - 1\n}\n')
    move(
      work,
      'tests/length.test.js',
      SIZE_IS_ZERO.replace('assert.equal(new', 'assert.equal( new'),
    )
    await work.green('T002')
    await work.done('T002')
    await work.build('T003', ...SECOND)
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.each([
    ['feature', FEATURE_SUITE],
    ['full', {}],
  ])(
    'a test file is moved to another folder, with the paths of its imports: %s suite',
    async (ran, settings) => {
      const work = await afterFirst(TWO_TASKS, settings)
      move(work, UNIT_TEST, MOVED)
      await work.start('T002')
      work.write(PUSH_TEST, PUSH_COUNTS)
      await work.red('T002', PUSH_TEST)
      work.write(SOURCE, PUSH)
      await work.green('T002')
      expect(await work.done('T002')).toMatchObject({ suite: { ran } })
      expect(await work.end({ replay: true })).toEqual(COMPLETE)
    },
  )

  it('a moved file gets the test of the next task, and then one of a later task', async () => {
    const work = await afterFirst(`${TWO_TASKS}- [ ] T003 pop in src/stack.js\n`)
    const push =
      "test('push', () => {\n  const s = new Stack()\n  s.push(1)\n  assert.equal(s.size, 1)\n})\n"
    move(work, UNIT_TEST, MOVED)
    await work.build('T002', [UNIT_TEST, MOVED + push], [SOURCE, PUSH])
    const pop =
      "test('pop', () => {\n  const s = new Stack()\n  s.push(1)\n  s.pop()\n  assert.equal(s.size, 0)\n})\n"
    const code = PUSH.replace(
      /\}\n$/,
      '  pop() {\n    this.size = Math.max(0, this.size - 1)\n  }\n}\n',
    )
    await work.start('T003')
    work.write(UNIT_TEST, MOVED + push + pop)
    await work.red('T003', UNIT_TEST)
    work.write(SOURCE, code)
    await work.green('T003')
    await work.done('T003')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })
})

describe('a test file that is split', () => {
  const FRESH = "test('fresh', () => {\n  assert.notEqual(new Stack(), new Stack())\n})\n"
  const FRESH_TEST = 'tests/fresh.test.js'
  const FRESH_ALONE = SIZE_IS_ZERO.replace(/test\('size'[^]*/, FRESH)

  async function split(text: string): Promise<HonestWork> {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', [SIZE_TEST, SIZE_IS_ZERO + FRESH], [SOURCE, SIZE])
    await work.start('T002')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.write(FRESH_TEST, text)
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    return work
  }

  it('keeps the proof of its tests', async () => {
    const work = await split(FRESH_ALONE)
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('loses that of a test which is weaker in the new file', async () => {
    const work = await split(FRESH_ALONE.replace(', new Stack()', ', 0'))
    const { code, text } = await work.refused('mark_complete', { task: 'T002', refactor: '-' })
    expect(code).toBe('suite_fails')
    expect(text).toContain(`"${SIZE_TEST} > fresh (was green, and did not run)"`)
  })
})

describe('a test that is moved and weakened', () => {
  it.each([
    ['an assertion was removed', UNIT_TEST, MOVED.replace(/ {2}assert\.equal.*\n/, '')],
    ['an expectation was changed', UNIT_TEST, MOVED.replace('0)', '1 - 1)')],
    ['it is skipped', UNIT_TEST, MOVED.replace("test('size'", "test.skip('size'")],
    ['a new test has its name', 'tests/length.test.js', nodeTest('size', '')],
    [
      'its import has another module',
      UNIT_TEST,
      SIZE_IS_ZERO.replace('../src/stack.js', './stub.js'),
    ],
  ])('is missed by the suite: %s', async (_how, to, text) => {
    const work = await afterFirst()
    work.write('tests/unit/stub.js', 'export class Stack {\n  size = 0\n}\n')
    move(work, to, text)
    await work.start('T002')
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    const { code, text: answer } = await work.refused('mark_complete', {
      task: 'T002',
      refactor: '-',
    })
    expect(code).toBe('suite_fails')
    expect(answer).toContain('"tests/size.test.js > size (was green, and did not run)"')
    // What the answer says works.
    work.git('mv', to, SIZE_TEST)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.done('T002')
  })

  it('is refused too if it is weakened after it was moved', async () => {
    const work = await afterFirst(`${TWO_TASKS}- [ ] T003 pop in src/stack.js\n`)
    move(work, UNIT_TEST, MOVED)
    await work.build('T002', ...SECOND)
    await work.start('T003')
    work.write('tests/pop.test.js', nodeTest('pop', 'assert.equal(new Stack().pop(), 1)'))
    await work.red('T003', 'tests/pop.test.js')
    const pop = '  pop() {\n    return 1\n  }\n}\n'
    work.write(
      SOURCE,
      PUSH.replace(/\}\n$/, pop).replace('size = 0', 'size = 7').replace('+= 1', '= 1'),
    )
    work.write(UNIT_TEST, MOVED.replace('size, 0)', 'size, 7)'))
    await work.green('T003')
    const { code } = await work.refused('mark_complete', { task: 'T003', refactor: '-' })
    expect(code).toBe('tests_changed')
  })
})
