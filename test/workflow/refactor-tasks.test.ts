import { describe, expect, it } from 'vitest'
import { COMPLETE, honestWork, type HonestWork } from '../honest/work.ts'
import { FIRST, PUSH, SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB } from '../honest/stack.ts'
import { callAt } from '../kit/call.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { nodeTest } from '../kit/project.ts'

const TITLE = 'Refactor src/stack.js'
const FILES = { [SOURCE]: SIZE, [SIZE_TEST]: SIZE_IS_ZERO }
const REFACTORED = 'const EMPTY = 0\nexport class Stack {\n  size = EMPTY\n}\n'

/** A project with a test that passes, whose only task is a refactoring that is started. */
async function refactoring(title = TITLE, files: Record<string, string> = {}): Promise<HonestWork> {
  const work = honestWork(`- [ ] T002 ${title}\n`, { ...FILES, ...files })
  await work.start('T002', 'refactor')
  return work
}

const green = (work: HonestWork) => work.refused('record_green', { task: 'T002' })

describe('a refactoring', () => {
  it('is done if the same tests pass before and after, and can be replayed', async () => {
    const work = await refactoring()
    work.write(SOURCE, REFACTORED)
    expect(await work.green('T002')).toMatchObject({
      stage: 'green',
      counts: { passed: 1, failed: 0 },
    })
    expect(await work.done('T002')).toMatchObject({
      stage: 'done',
      suite: { ran: 'full', counts: { passed: 1 } },
    })
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('says what it needs: no RED, and a change of the code', async () => {
    const work = await refactoring()
    expect(await work.refused('record_red', { task: 'T002', tests: [SIZE_TEST] })).toMatchObject({
      code: 'wrong_stage',
    })
    expect((await green(work)).text).toMatch(/^Nothing but tests.*1 passed, 0 failed/)
    work.write(SOURCE, `${work.read(SOURCE)}// a comment\n`)
    expect(await green(work)).toMatchObject({ code: 'nothing_changed' })
  })

  it('runs the suite again if the code changed after its GREEN', async () => {
    const work = await refactoring()
    work.write(SOURCE, REFACTORED)
    await work.green('T002')
    work.write(SOURCE, REFACTORED.replace('EMPTY = 0', 'EMPTY = 1'))
    expect(await work.refused('mark_complete', { task: 'T002' })).toMatchObject({
      code: 'green_fails',
    })
    work.write(SOURCE, REFACTORED.replaceAll('EMPTY', 'NONE'))
    await work.done('T002')
  })

  it.each([
    [
      'green_fails',
      'breaks a test',
      (work: HonestWork) => work.write(SOURCE, 'export class Stack {}\n'),
    ],
    ['tests_missing', 'removes a test', (work: HonestWork) => work.remove('tests/old.test.js')],
    [
      'skipped',
      'skips a test',
      (work: HonestWork) =>
        work.write(
          'tests/old.test.js',
          nodeTest('old', 'assert.ok(Stack)').replace('test(', 'test.skip('),
        ),
    ],
    [
      'tests_changed',
      'weakens a test with the behaviour',
      (work: HonestWork) => {
        work.write(SOURCE, REFACTORED.replace('EMPTY = 0', 'EMPTY = 1'))
        work.write('tests/size.test.js', SIZE_IS_ZERO.replace(', 0)', ', 1)'))
      },
    ],
  ])('is refused with %s if it %s', async (code, _what, act) => {
    const work = await refactoring(TITLE, {
      'tests/old.test.js': nodeTest('old', 'assert.ok(Stack)'),
    })
    work.write(SOURCE, REFACTORED)
    act(work)
    expect(await green(work)).toMatchObject({ code })
  })

  it('may leave what failed before, and break nothing else', async () => {
    const old = { 'tests/old.test.js': nodeTest('old', 'assert.fail("old")') }
    const work = await refactoring(TITLE, old)
    work.write(SOURCE, REFACTORED)
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).toContainEqual(expect.stringContaining('tests/old.test.js > old'))
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('may change tests for another name, and names them', async () => {
    const work = await refactoring('Rename Stack to Pile in src/stack.js')
    work.write(SOURCE, 'export class Pile {\n  size = 0\n}\n')
    work.write(SIZE_TEST, SIZE_IS_ZERO.replaceAll('Stack', 'Pile'))
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).toContainEqual(
      expect.stringContaining('changed 1 test file (tests/size.test.js)'),
    )
    expect(await work.end()).toEqual(COMPLETE)
  })

  it('may move and rename tests that prove another task', async () => {
    const work = honestWork('- [ ] T001 size in src/stack.js\n- [ ] T002 Rename Stack to Pile\n', {
      [SOURCE]: STUB,
    })
    await work.build('T001', ...FIRST)
    await work.start('T002', 'refactor')
    const test = SIZE_IS_ZERO.replaceAll('Stack', 'Pile').replace("'size'", "'size of a pile'")
    work.remove(SIZE_TEST)
    work.write(SOURCE, SIZE.replace('Stack', 'Pile'))
    work.write('tests/pile.test.js', test)
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).toContainEqual(
      expect.stringContaining('is now "tests/pile.test.js > size of a pile"'),
    )
    work.commit('Rename')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('may replace an expectation that a human confirms', async () => {
    const work = await refactoring()
    work.write(SOURCE, REFACTORED.replace('EMPTY = 0', 'EMPTY = 1'))
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace(', 0)', ', 1)'))
    expect(await green(work)).toMatchObject({ code: 'tests_changed' })
    await work.approves()
    await work.green('T002')
  })

  it('upgrades a tool: configuration is a change too', async () => {
    const work = await refactoring('Upgrade dependencies')
    work.write(
      'package.json',
      work.read('package.json').replace('{', '{"engines":{"node":">=20"},'),
    )
    await work.green('T002')
    expect(await work.done('T002')).toMatchObject({ stage: 'done' })
  })

  it('may be about tests alone', async () => {
    const work = await refactoring('Refactor tests/size.test.js')
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace('new Stack().size', '(new Stack()).size'))
    await work.green('T002')
    expect(await work.done('T002')).toMatchObject({ stage: 'done' })
  })
})

describe('code that moves', () => {
  it('is not called new, and what is new beside it is', async () => {
    const work = await refactoring('Rename src/stack.js to src/pile.js')
    work.remove(SOURCE)
    work.write('src/pile.js', PUSH)
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace('stack.js', 'pile.js'))
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).toContainEqual(expect.stringContaining('src/pile.js (+3 −0)'))
    expect(messages).toContainEqual(expect.stringContaining('push in src/pile.js'))
  })

  it('does not count as added if only its file has another name', async () => {
    const work = await refactoring('Rename src/stack.js to src/pile.js')
    work.remove(SOURCE)
    work.write('src/pile.js', SIZE)
    work.write(SIZE_TEST, SIZE_IS_ZERO.replace('stack.js', 'pile.js'))
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).not.toContainEqual(expect.stringContaining('more lines'))
  })
})

describe('a refactoring that removes tests with their code', () => {
  it('is refused, with the step that is left', async () => {
    const work = await refactoring('Remove the unused function old and its test', {
      'tests/old.test.js': nodeTest('old', 'assert.ok(Stack)'),
    })
    work.write(SOURCE, REFACTORED)
    work.remove('tests/old.test.js')
    const { code, text } = await green(work)
    expect(code).toBe('tests_missing')
    expect(text).toContain(
      'If T002 removes the code that they test, no run can prove it: ask a human to waive the task with `redgreen waive T002 --reason …`',
    )
  })
})

describe('a refactoring without any test', () => {
  const NONE = '- [ ] T001 Refactor src/stack.js\n'

  it('says what is needed, and accepts tests that pass on the earlier code too', async () => {
    const work = honestWork(NONE, { [SOURCE]: PUSH })
    await work.start('T001', 'refactor')
    work.write(SOURCE, PUSH.replace('this.size += 1', 'this.size++'))
    const refusal = await work.refused('record_green', { task: 'T001' })
    expect(refusal.code).toBe('no_tests_ran')
    expect(refusal.text).toContain('write tests of what it did before')
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    await work.green('T001')
    await work.done('T001')
    expect(await work.end({ replay: true })).toEqual(COMPLETE)
  })

  it('does not accept tests of new behaviour alone', async () => {
    const work = honestWork(NONE, { [SOURCE]: STUB })
    await work.start('T001', 'refactor')
    work.write(SOURCE, PUSH)
    work.write(SIZE_TEST, SIZE_IS_ZERO)
    expect(await work.refused('record_green', { task: 'T001' })).toMatchObject({
      code: 'no_tests_ran',
    })
  })
})

describe('new behaviour in a refactoring', () => {
  it('is named to the human, in the answer and by verify', async () => {
    const work = await refactoring()
    work.write(
      SOURCE,
      'const EMPTY = 0\nexport class Stack {\n  size = EMPTY\n  clear() {\n    this.size = EMPTY\n  }\n}\n',
    )
    await work.green('T002')
    const { messages } = await work.done('T002')
    expect(messages).toContainEqual(expect.stringContaining('clear in src/stack.js'))
    const [verified] = await verify(callAt(work.root))
    expect(verified?.passed).toBe(true)
    expect(verified?.notes).toContainEqual(expect.stringContaining('clear in src/stack.js'))
    expect(verified?.evidence).toContainEqual({
      class: 'unseen-code',
      count: 1,
      members: [{ class: 'unseen-code', task: 'T002', name: 'T002 (clear)' }],
    })
  })
})
