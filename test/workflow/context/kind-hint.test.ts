import { describe, expect, it } from 'vitest'
import { COMPLETE, honestWork } from '../../honest/work.ts'
import { FIRST, SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB } from '../../honest/stack.ts'
import { nodeTest } from '../../kit/project.ts'

const HINT = /a human sets another one under `kinds` in redgreen\.config\.json/
const SET = '{"kinds":[{"tasks":"T001","kind":"build"}]}'
const WRONG = nodeTest('old', 'assert.equal(1, 2)')

describe('how a human corrects a kind', () => {
  it('is in next_task if the title has a word that can stand for another kind', async () => {
    const { messages } = await honestWork('- [ ] T001 Simplify the checkout\n').call('next_task')
    expect(messages).toContainEqual(expect.stringMatching(/^If `build` is the wrong kind for T001/))
  })

  it.each([
    ['- [ ] T001 Add a discount\n', '{}'],
    ['- [ ] T001 Simplify the checkout\n', SET],
  ])('is not in next_task of %s with %s', async (plan, settings) => {
    const work = honestWork(plan, { 'redgreen.config.json': settings })
    expect((await work.call('next_task'))['messages']).not.toContainEqual(
      expect.stringMatching(HINT),
    )
  })

  it('is in the refusals that a wrong kind causes', async () => {
    const work = honestWork('- [ ] T001 Simplify src/stack.js\n', {
      [SOURCE]: SIZE,
      [SIZE_TEST]: SIZE_IS_ZERO,
    })
    await work.start('T001', 'refactor')
    const red = { task: 'T001', tests: [SIZE_TEST] }
    expect((await work.refused('record_red', red)).text).toMatch(HINT)
  })

  it.each([
    ['{}', true],
    [SET, false],
  ])(
    'is in the refusal of a test that passes, unless a human has set the kind: %s',
    async (settings, is) => {
      const work = honestWork('- [ ] T001 Simplify the checkout\n', {
        [SOURCE]: SIZE,
        'redgreen.config.json': settings,
      })
      await work.start('T001')
      work.write(SIZE_TEST, SIZE_IS_ZERO)
      for (const late of [{}, { late: true }]) {
        const input = { task: 'T001', tests: [SIZE_TEST], ...late }
        const refusal = await work.refused('record_red', input)
        expect(refusal.code).toBe('red_passes')
        expect(HINT.test(refusal.text)).toBe(is)
      }
    },
  )
})

describe('a test that is wrong', () => {
  const PLAN =
    '- [ ] T001 size in src/stack.js\n- [ ] T002 Fix the failing test in tests/old.test.js\n'

  it('can be repaired by the task that names it', async () => {
    const work = honestWork(PLAN, { [SOURCE]: STUB, 'tests/old.test.js': WRONG })
    await work.build('T001', ...FIRST)
    await work.start('T002', 'check')
    work.write('tests/old.test.js', WRONG.replace('1, 2', '1, 1'))
    await work.green('T002')
    await work.done('T002')
    work.commit('Fix')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('is no way to change code without a test', async () => {
    const work = honestWork(PLAN, { [SOURCE]: STUB, 'tests/old.test.js': WRONG })
    await work.build('T001', ...FIRST)
    await work.start('T002', 'check')
    work.write(SOURCE, `${SIZE}export const other = 1\n`)
    const refusal = await work.refused('record_green', { task: 'T002' })
    expect(refusal.code).toBe('nothing_changed')
    // The code may be wrong, and not the test.
    expect(refusal.text).toMatch(HINT)
  })

  it('is no way to weaken the proof of another task', async () => {
    const work = honestWork(PLAN.replace('tests/old', 'tests/size'), { [SOURCE]: STUB })
    await work.build('T001', ...FIRST)
    await work.start('T002', 'check')
    work.write(SIZE_TEST, nodeTest('size', 'assert.ok(Stack)'))
    work.write(SOURCE, STUB)
    await work.green('T002')
    expect((await work.refused('mark_complete', { task: 'T002' })).code).toBe('tests_changed')
  })
})

describe('work without new behaviour', () => {
  it.each([
    ['Reformat src/stack.js with prettier', SIZE.replace('size = 0', 'size=0')],
    ['Add JSDoc comments to src/stack.js', `/** A stack. */\n${SIZE}`],
    [
      'Extract the size into src/size.js',
      "import { ZERO } from './size.js'\nexport class Stack {\n  size = ZERO\n}\n",
    ],
  ])('"%s" needs no RED', async (title, code) => {
    const work = honestWork(`- [ ] T001 ${title}\n`, { [SOURCE]: SIZE, [SIZE_TEST]: SIZE_IS_ZERO })
    await work.start('T001', 'refactor')
    work.write(SOURCE, code)
    work.write('src/size.js', 'export const ZERO = 0\n')
    await work.green('T001')
    await work.done('T001')
    work.commit('Refactor')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })
})
