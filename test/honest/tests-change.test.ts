import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeTest } from '../kit/project.ts'
import {
  FIRST,
  importing,
  ONE_TASK,
  PUSH,
  PUSH_COUNTS,
  PUSH_TEST,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from './stack.ts'
import { COMPLETE, honestWork, type HonestWork } from './work.ts'
import { runsSlowTests } from '../kit/slow.ts'

/** A project with a stub, whose first task is red by this test. */
async function redBy(test: string, plan = ONE_TASK): Promise<HonestWork> {
  const work = honestWork(plan, { [SOURCE]: STUB })
  await work.start('T001')
  work.write(SIZE_TEST, test)
  await work.red('T001', SIZE_TEST)
  return work
}

describe('honest changes of tests', () => {
  it('a wrong expectation is corrected after RED, before the code exists', async () => {
    const work = await redBy(nodeTest('size', 'assert.equal(new Stack().size, 1)'))
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('a wrong expectation is corrected after the code was written', async () => {
    const work = await redBy(nodeTest('size', 'assert.equal(new Stack().size, 1)'))
    work.write(SOURCE, SIZE)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'the message of an assertion and a comment are reworded between RED and GREEN',
    async () => {
      const work = await redBy(SIZE_IS_ZERO)
      work.write(SOURCE, SIZE)
      work.write(
        SIZE_TEST,
        SIZE_IS_ZERO.replace(
          '.size, 0)',
          ".size, 0, 'a new stack is empty') // nothing was pushed",
        ),
      )
      await work.green('T001')
      await work.done('T001')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it.skipIf(!runsSlowTests)('the title of a test is reworded before the code exists', async () => {
    const work = await redBy(SIZE_IS_ZERO)
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace("'size'", "'a new stack has size 0'"))
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a second case is added to the test after GREEN', async () => {
    const work = await redBy(SIZE_IS_ZERO)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    work.write(
      SIZE_TEST,
      `${SIZE_IS_ZERO}test('two stacks', () => {\n  assert.equal(new Stack().size + new Stack().size, 0)\n})\n`,
    )
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a test that was written in advance is rewritten by another task, and restored', async () => {
    const plan =
      '## Tests\n- [ ] T001 Write failing test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n'
    const work = honestWork(plan, { [SOURCE]: STUB })
    await work.start('T001', 'test')
    work.write(SIZE_TEST, nodeTest('size', 'assert.ok(new Stack().size === 0)'))
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    await work.start('T002')
    const written = work.read(SIZE_TEST)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.write(PUSH_TEST, nodeTest('zero', 'assert.equal(new Stack().size, 0)'))
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T002')
    await work.done('T002')
    const { passed, gates } = await work.call('run_validation')
    expect(passed).toBe(false)
    expect(JSON.stringify(gates)).toContain(
      `(${SIZE_TEST} was changed or removed since T001 wrote it in advance: restore it, or a human`,
    )
    work.write(SIZE_TEST, written)
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a test in advance passes already, so the task of the code gets one of its own', async () => {
    const plan =
      '## Tests\n- [ ] T001 Write failing test for size in tests/size.test.js\n\n## Core\n- [ ] T002 size in src/stack.js\n'
    const work = honestWork(plan)
    await work.start('T001', 'test')
    work.write(SIZE_TEST, nodeTest('size', 'assert.ok(Stack)'))
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    await work.start('T002')
    work.write(SOURCE, STUB)
    const hint = `T001 wrote the tests in ${SIZE_TEST} in advance: leave them as they are, and write a test for T002 in a file of its own.`
    const red = { task: 'T002', tests: [SIZE_TEST] }
    for (const late of [false, true])
      expect(await work.refused('record_red', { ...red, late })).toMatchObject({
        code: 'red_passes',
        text: expect.stringContaining(hint),
      })
    work.write(PUSH_TEST, SIZE_IS_ZERO)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a new fixture file is written with the test', async () => {
    const work = honestWork(ONE_TASK, { [SOURCE]: STUB })
    await work.start('T001')
    work.write('tests/fixtures/empty.json', '{ "size": 0 }\n')
    work.write(
      SIZE_TEST,
      importing(
        'readFileSync',
        'node:fs',
        nodeTest(
          'size',
          "assert.equal(new Stack().size, JSON.parse(readFileSync('tests/fixtures/empty.json', 'utf8')).size)",
        ),
      ),
    )
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('a later task extends the helper of the tests', async () => {
    const work = honestWork(TWO_TASKS, {
      [SOURCE]: STUB,
      'tests/helpers/stacks.js':
        "import { Stack } from '../../src/stack.js'\nexport const empty = () => new Stack()\n",
    })
    const withHelper = (name: string, body: string) =>
      importing(name === 'size' ? 'empty' : 'pushed', './helpers/stacks.js', nodeTest(name, body))
    await work.build(
      'T001',
      [SIZE_TEST, withHelper('size', 'assert.equal(empty().size, 0)')],
      [SOURCE, SIZE],
    )
    await work.start('T002')
    work.write(
      'tests/helpers/stacks.js',
      `${work.read('tests/helpers/stacks.js')}export const pushed = item => {\n  const stack = empty()\n  stack.push(item)\n  return stack\n}\n`,
    )
    work.write(PUSH_TEST, withHelper('push', 'assert.equal(pushed(1).size, 1)'))
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a test file is moved into another folder between RED and GREEN',
    async () => {
      const work = await redBy(SIZE_IS_ZERO)
      const moved = 'tests/unit/size.test.js'
      work.write(moved, SIZE_IS_ZERO.replace('../src', '../../src'))
      work.remove(SIZE_TEST)
      await work.red('T001', moved)
      work.write(SOURCE, SIZE)
      await work.green('T001')
      await work.done('T001')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('a test file is renamed by a later task', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    renameSync(path.join(work.root, SIZE_TEST), path.join(work.root, 'tests/stack-size.test.js'))
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a task needs two test files', async () => {
    const work = honestWork('- [ ] T001 size and push in src/stack.js\n', { [SOURCE]: STUB })
    await work.start('T001')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.red('T001', [SIZE_TEST, PUSH_TEST])
    work.write(SOURCE, PUSH)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)('a test is written as todo for what comes later', async () => {
    const later = `${SIZE_IS_ZERO}test('iterates over its items', { todo: true }, () => assert.fail('later'))\n`
    const work = await redBy(later)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it.skipIf(!runsSlowTests)(
    'a test that is skipped on purpose stands beside the test of the task',
    async () => {
      const work = await redBy(
        `${SIZE_IS_ZERO}test('on a printer', { skip: 'needs a printer' }, () => assert.fail())\n`,
      )
      work.write(SOURCE, SIZE)
      await work.green('T001')
      await work.done('T001')
      expect(await work.end()).toEqual(COMPLETE)
    },
  )

  it('an obsolete test is deleted together with its feature, as the plan says', async () => {
    const work = honestWork(
      '- [ ] T001 Remove the old counter with src/counter.js and tests/counter.test.js\n',
      {
        'src/counter.js': 'export const count = () => 1\n',
        'tests/counter.test.js': importing(
          'count',
          '../src/counter.js',
          nodeTest('counts', 'assert.equal(count(), 1)'),
        ),
        [SOURCE]: SIZE,
        [SIZE_TEST]: SIZE_IS_ZERO,
      },
    )
    await work.start('T001')
    work.write(
      'tests/no-counter.test.js',
      importing(
        'existsSync',
        'node:fs',
        nodeTest('no counter', "assert.equal(existsSync('src/counter.js'), false)"),
      ),
    )
    await work.red('T001', 'tests/no-counter.test.js')
    rmSync(path.join(work.root, 'src/counter.js'))
    rmSync(path.join(work.root, 'tests/counter.test.js'))
    await work.green('T001')
    await work.done('T001')
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a bug in the code of an earlier task is fixed with a new test', async () => {
    const work = honestWork(
      `${ONE_TASK}- [ ] T002 Fix: pushing undefined counts in src/stack.js\n`,
      {
        [SOURCE]: STUB,
      },
    )
    const buggy = PUSH.replace('push() {', 'push(item) {\n    if (item === undefined) return')
    await work.build('T001', [SIZE_TEST, SIZE_IS_ZERO], [SOURCE, buggy])
    await work.build(
      'T002',
      [
        'tests/undefined.test.js',
        nodeTest('undefined', 'const s = new Stack(); s.push(undefined); assert.equal(s.size, 1)'),
      ],
      [SOURCE, PUSH],
    )
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('a later task changes behaviour, and the test of the earlier task with it', async () => {
    const work = honestWork(`${ONE_TASK}- [ ] T002 size counts from one in src/stack.js\n`, {
      [SOURCE]: STUB,
    })
    await work.build('T001', ...FIRST)
    await work.build(
      'T002',
      [SIZE_TEST, SIZE_IS_ZERO.replace('.size, 0', '.size, 1')],
      [SOURCE, SIZE.replace('size = 0', 'size = 1')],
    )
    expect(await work.end()).toEqual(COMPLETE)
  })
})
