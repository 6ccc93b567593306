import { describe, expect, it } from 'vitest'
import { nodeTest, TASKS } from '../../kit/project.ts'
import {
  SECOND,
  SIZE,
  SIZE_IS_ZERO,
  SIZE_TEST,
  SOURCE,
  STUB,
  TWO_TASKS,
} from '../../honest/stack.ts'
import { honestWork, type HonestWork } from '../../honest/work.ts'

const CLARIFIED = TWO_TASKS.replace('size in', 'size (0 at first) in')
const late = { late: true }

function rewrite(work: HonestWork, plan: string): void {
  work.write(TASKS, `## Core\n${plan}`)
}

/** T001 has a test and code. */
async function begun(files: Record<string, string> = {}): Promise<HonestWork> {
  const work = honestWork(TWO_TASKS, { [SOURCE]: STUB, ...files })
  await work.start('T001')
  work.write(SIZE_TEST, SIZE_IS_ZERO)
  return work
}

async function green(work: HonestWork): Promise<void> {
  await work.red('T001', SIZE_TEST)
  work.write(SOURCE, SIZE)
  await work.green('T001')
}

describe('a task whose text was clarified while it was in progress', () => {
  it('is started again and proven late by its own test, as the refusal says', async () => {
    const work = await begun()
    await green(work)
    rewrite(work, CLARIFIED)
    expect(await work.refused('mark_complete', { task: 'T001' })).toMatchObject({
      code: 'plan_changed',
      text: expect.stringContaining('late: true'),
    })
    await work.call('next_task', { task: 'T001' })
    await work.red('T001', SIZE_TEST, late)
    await work.green('T001')
    await work.done('T001')
    await work.build('T002', ...SECOND)
    await work.approves()
    expect(await work.end({ replay: true })).toMatchObject({ passed: true, findings: [] })
  })

  it('is red again with the same test if its code does not exist yet', async () => {
    const work = await begun()
    await work.red('T001', SIZE_TEST)
    rewrite(work, CLARIFIED)
    await work.call('next_task', { task: 'T001' })
    await work.red('T001', SIZE_TEST)
    work.write(SOURCE, SIZE)
    await work.green('T001')
    await work.done('T001')
    expect(await work.verified()).toMatchObject({ done: 1 })
  })

  it('is proven late by a test that was written after the first start and never run', async () => {
    const work = await begun()
    work.write(SOURCE, SIZE)
    rewrite(work, CLARIFIED)
    await work.call('next_task', { task: 'T001' })
    await work.red('T001', SIZE_TEST, late)
    await work.green('T001')
    await work.done('T001')
    expect(await work.verified()).toMatchObject({ done: 1 })
  })
})

describe('red_not_new is the answer to', () => {
  const again = async (work: HonestWork, plan: string, test = SIZE_TEST) => {
    rewrite(work, plan)
    await work.call('next_task', { task: 'T001' })
    const { code } = await work.refused('record_red', { task: 'T001', tests: [test], ...late })
    return code
  }

  it('a test that is older than the first start of the clarified task', async () => {
    const old = 'tests/old.test.js'
    const work = await begun({ [old]: nodeTest('old', 'assert.ok(new Stack())') })
    await green(work)
    expect(await again(work, CLARIFIED, old)).toBe('red_not_new')
  })

  it.each([
    ['asks for something else', TWO_TASKS.replace('size in', 'a limit for pushed items in')],
    ['is about another file', TWO_TASKS.replace('size in src/stack.js', 'size in src/queue.js')],
  ])('the test of a task that %s now', async (_name, plan) => {
    const work = await begun()
    await green(work)
    expect(await again(work, plan)).toBe('red_not_new')
  })

  it('the test of a task that was done before its text was clarified', async () => {
    const work = await begun()
    await green(work)
    await work.done('T001')
    const ticked = CLARIFIED.replace('[ ] T001', '[X] T001')
    expect(await again(work, ticked)).toBe('red_not_new')
  })
})
