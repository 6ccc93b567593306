import { describe, expect, it } from 'vitest'
import {
  FIRST,
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

/** T001 is done, and T002 is not started. */
async function afterFirst(plan = TWO_TASKS): Promise<HonestWork> {
  const work = honestWork(plan, { [SOURCE]: STUB })
  await work.build('T001', ...FIRST)
  return work
}

const RED = { task: 'T002', tests: [PUSH_TEST] }

describe('before its task was started', () => {
  it('the test was written, and it is the RED', async () => {
    const work = await afterFirst()
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.start('T002')
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('the test and the code were written, and the refusal says how to go on', async () => {
    const work = await afterFirst()
    work.write(PUSH_TEST, PUSH_COUNTS)
    work.write(SOURCE, PUSH)
    await work.start('T002')
    expect(await work.refused('record_red', RED)).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining(
        `If the code already exists, call record_red with task T002 and tests ${PUSH_TEST} and late: true.`,
      ),
    })
    await work.red('T002', PUSH_TEST, { late: true })
    await work.green('T002')
    await work.done('T002')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('tests ahead of the code were written, one after the other', async () => {
    const work = honestWork(
      '## Tests\n- [ ] T001 Write failing test for size in tests/size.test.js\n- [ ] T002 Write failing test for push in tests/push.test.js\n\n## Core\n- [ ] T003 size and push in src/stack.js\n',
      { [SOURCE]: STUB },
    )
    await work.start('T001', 'test')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.red('T001', SIZE_TEST)
    await work.done('T001')
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.start('T002', 'test')
    await work.red('T002', PUSH_TEST)
    await work.done('T002')
    await work.start('T003')
    await work.red('T003', [SIZE_TEST, PUSH_TEST])
    work.write(SOURCE, PUSH)
    await work.green('T003')
    await work.done('T003')
    expect(await work.end()).toEqual(COMPLETE)
  })
})

describe('a test is old', () => {
  it('if it was there when the task before was proven', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB, [PUSH_TEST]: PUSH_COUNTS })
    await work.build('T001', ...FIRST)
    await work.start('T002')
    for (const late of [false, true])
      expect(await work.refused('record_red', { ...RED, late })).toMatchObject({
        code: 'red_not_new',
      })
  })

  it('if it is the RED of another task', async () => {
    const plan = `${TWO_TASKS}- [ ] T003 [P] pop in src/stack.js\n- [ ] T004 [P] push again in src/stack.js\n`
    const work = await afterFirst(plan)
    work.write(PUSH_TEST, PUSH_COUNTS)
    await work.start('T002')
    await work.red('T002', PUSH_TEST)
    work.write(SOURCE, PUSH)
    await work.green('T002')
    await work.done('T002')
    await work.start('T003')
    const request = { task: 'T003', tests: [PUSH_TEST] }
    expect(await work.refused('record_red', request)).toMatchObject({ code: 'red_not_new' })
  })

  it('if its code is that of the first task too, so that no earlier state is known', async () => {
    const work = honestWork(TWO_TASKS, { [SOURCE]: STUB })
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    work.write(SOURCE, SIZE)
    await work.start('T001')
    const request = { task: 'T001', tests: [SIZE_TEST] }
    expect(await work.refused('record_red', request)).toMatchObject({ code: 'red_not_new' })
  })
})
