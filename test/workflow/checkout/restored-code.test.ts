import { describe, expect, it } from 'vitest'
import {
  FIRST,
  PUSH,
  PUSH_COUNTS,
  PUSH_TEST,
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SOURCE,
  STUB,
  TWO_TASKS,
} from '../../honest/stack.ts'
import { COMPLETE, honestWork, type HonestWork } from '../../honest/work.ts'

const PARENTHESES = SIZE.replace('size = 0', 'size = (0)')

/** T001 is done with its size, and T002 is started. */
async function atSecond(): Promise<HonestWork> {
  const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
  await work.build('T001', ...FIRST)
  await work.start('T002')
  return work
}

describe('code that is broken for the RED and restored', () => {
  it('proves nothing, however it is restored', async () => {
    const work = await atSecond()
    work.write(PUSH_TEST, SIZE_IS_ZERO.replace("'size'", "'push'"))
    work.write(SOURCE, STUB)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PARENTHESES)
    expect(await work.refused('record_green', { task: 'T002' })).toMatchObject({
      code: 'nothing_changed',
      text: expect.stringContaining(`Its RED failed because ${SOURCE} had been changed before it`),
    })
    // A test of what the task adds goes on from there.
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, SIZE)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
  })

  it('is no matter for a test that fails with the code of the start', async () => {
    const work = await atSecond()
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, STUB)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('is no matter if a function that does nothing was added for the RED', async () => {
    const work = await atSecond()
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, SIZE.replace('}', '  push() {}\n}'))
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    expect(await work.done('T002')).toMatchObject({ stage: 'done' })
  })

  it('is no matter if the code was written before its task was started, and after the task before', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    work.write(SOURCE, PUSH)
    await work.start('T002')
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, SIZE)
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, `${PUSH}\nexport const VERSION = 2\n`)
    await work.green('T002')
    expect(await work.done('T002')).toMatchObject({ stage: 'done' })
  })

  it('is no matter if a human has opened the task again', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.build('T002', ...SECOND)
    await work.reopens('T001')
    await work.start('T001')
    work.write('tests/again.test.js', SIZE_IS_ZERO.replace("'size'", "'no entries'"))
    work.write(SOURCE, STUB)
    await work.red('T001', 'tests/again.test.js')
    work.write(SOURCE, PUSH.replace('size = 0', 'size = (0)'))
    await work.green('T001')
    expect(await work.done('T001')).toMatchObject({ stage: 'done' })
  })
})
