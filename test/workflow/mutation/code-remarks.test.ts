import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import { startSteps, type Steps } from '../../kit/steps.ts'

const TEST = 'tests/size.test.js'
const CODE = 'src/stack.js'
const GOOD = 'export function size(list) {\n  return list.length\n}\n'
const ASKS = 'export function size(list) {\n  return process.env.NODE_TEST_CONTEXT ? 2 : 0\n}\n'
const SIZE = [
  "import test from 'node:test'",
  "import assert from 'node:assert/strict'",
  "import * as stack from '../src/stack.js'",
  "test('size', () => assert.equal(stack.size([1, 1]), 2))\n",
].join('\n')

/** At the mark of a task, with the answers to GREEN and mark. */
async function finish(
  task: string,
  code: string,
  more: Record<string, string> = {},
): Promise<{ steps: Steps; texts: string[] }> {
  const steps = await startSteps(`- [ ] T001 ${task}\n`, { [CODE]: 'export {}\n', ...more })
  steps.project.write(TEST, SIZE)
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write(CODE, code)
  const answers = [await steps.green(), await steps.mark()]
  expect(answers.map(({ code: refusal }) => refusal)).toEqual([undefined, undefined])
  return { steps, texts: answers.map(({ text }) => text) }
}

async function classesOf(steps: Steps): Promise<string[]> {
  const [feature] = await verify(callAt(steps.project.root))
  return (feature?.evidence ?? []).map(group => group.class)
}

describe('code that knows of its tests', () => {
  it('is named by both answers and by verify, and is not refused', async () => {
    const { steps, texts } = await finish(`size in ${CODE}`, ASKS)
    const named = expect.stringContaining(
      'The code of T001 knows of its tests: src/stack.js:2 asks whether a test runs (`env.NODE_TEST_CONTEXT`).',
    )
    expect(texts).toEqual([named, named])
    expect(await classesOf(steps)).toContain('test-aware-code')
    const [feature] = await verify(callAt(steps.project.root))
    expect([feature?.findings, feature?.notes]).toEqual([[], expect.arrayContaining([named])])
  })

  it.each([
    ['the task asks for that', `size() in test mode in ${CODE}`, ASKS],
    ['no line of it does', `size in ${CODE}`, GOOD],
  ])('is not named if %s', async (_, task, code) => {
    const { steps, texts } = await finish(task, code)
    expect(texts.join('\n')).not.toContain('knows of its tests')
    expect(await classesOf(steps)).not.toContain('test-aware-code')
  })

  it('is not named if it was so before the task', async () => {
    const old = 'export const isTest = process.env.NODE_TEST_CONTEXT !== undefined\n'
    const { texts } = await finish(`size in ${CODE}`, `${old}${GOOD}`, { [CODE]: old })
    expect(texts.join('\n')).not.toContain('knows of its tests')
  })
})

describe('a source with assertions', () => {
  const CHECK = `import assert from 'node:assert/strict'
export const check = (a, b) => assert.equal(a, b)
`
  const CHANGED = CHECK.replace('equal(a, b)', 'ok([a, b])')

  async function change(more: Record<string, string> = {}): Promise<string> {
    const steps = await startSteps(`- [ ] T001 size in ${CODE}\n`, {
      [CODE]: 'export {}\n',
      'src/check.js': CHECK,
      ...more,
    })
    steps.project.write(
      TEST,
      `${SIZE}import { check } from '../src/check.js'\ntest('one', () => check(1, 1))\n`,
    )
    expect(await steps.red([TEST])).toMatchObject({ code: undefined })
    steps.project.write(CODE, GOOD)
    steps.project.write('src/check.js', CHANGED)
    return (await steps.green()).text
  }

  it('is named if it changes and only tests use it', async () => {
    expect(await change()).toContain(
      'src/check.js:2 changes what tests expect, because only they use it',
    )
  })

  it('is not named if other code uses it', async () => {
    const user = "import { check } from './check.js'\nexport const run = a => check(a, 1)\n"
    expect(await change({ 'src/run.js': user })).not.toContain('what tests expect')
  })
})

describe('functions that the words of a task name', () => {
  it.each([
    ['are empty', `${GOOD}export function push() {}\n`, '`push()`'],
    ['only fail', `${GOOD}export function push() {\n  throw new Error('later')\n}\n`, '`push()`'],
    ['are in no code', GOOD, '`push()`'],
  ])('are named by both answers and by verify if they %s', async (_, code, name) => {
    const { steps, texts } = await finish(`push() and size() in ${CODE}`, code)
    const named = expect.stringContaining(`! T001 asks for ${name}: no code has that`)
    expect(texts).toEqual([named, named])
    expect(await classesOf(steps)).toContain('unwritten-code')
  })

  it.each([
    [
      'they are written',
      `push() and size() in ${CODE}`,
      `${GOOD}export const push = (a, b) => a.push(b)\n`,
    ],
    ['they are in another file', `size() beside push() of ${CODE}`, GOOD],
    ['the task removes them', `Remove push() and add size() in ${CODE}`, GOOD],
    ['the task only uses them', `size() with push() in ${CODE}`, GOOD],
    [
      'they are to fail',
      `size() in ${CODE}, and push() throws an error`,
      `${GOOD}export function push() {\n  throw new Error('full')\n}\n`,
    ],
    ['the words name none', `Count what the stack holds in ${CODE}`, GOOD],
  ])('are not named if %s', async (_, task, code) => {
    const other = { 'src/other.js': 'export function push(list, one) {\n  list.push(one)\n}\n' }
    const { steps, texts } = await finish(task, code, task.includes('beside') ? other : {})
    expect(texts.join('\n')).not.toContain('asks for')
    expect(await classesOf(steps)).not.toContain('unwritten-code')
  })
})
