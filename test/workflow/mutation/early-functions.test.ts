import { describe, expect, it } from 'vitest'
import { startSteps } from '../../kit/steps.ts'

const TEST = 'tests/stack.test.js'
const CODE = 'src/stack.js'
const PLAN = [
  `- [ ] T001 push in ${CODE}`,
  `- [ ] T002 peek in ${CODE}`,
  `- [ ] T003 isEmpty in ${CODE}`,
  '- [ ] T004 Document `clear` in README.md\n',
].join('\n')
const PUSH = 'export function push(list, item) {\n  return [...list, item]\n}\n'
const PEEK = 'export function peek(list) {\n  return list.at(-1)\n}\n'

/** The answer to the GREEN of T001 with this code, whose test calls `push` and runs `more`. */
async function green(code: string, more = '', files: Record<string, string> = {}): Promise<string> {
  const steps = await startSteps(PLAN, { [CODE]: 'export {}\n', ...files })
  steps.project.write(
    TEST,
    `import test from 'node:test'
import assert from 'node:assert/strict'
import * as stack from '../${CODE}'
test('push', () => {
  assert.deepEqual(stack.push([1], 2), [1, 2])
  ${more}
})
`,
  )
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write(CODE, code)
  const answer = await steps.green()
  expect(answer.code).toBeUndefined()
  return answer.text
}

describe('the answer to a GREEN', () => {
  it.each([
    ['a function', PEEK],
    ['a constant', 'export const peek = list => list.at(-1)\n'],
    ['a method', 'export class Stack {\n  peek() {\n    return 1\n  }\n}\n'],
  ])('names %s that is there before its task', async (_, early) => {
    expect(await green(PUSH + early)).toContain(
      '! Later tasks name code that is already there: `peek` in src/stack.js (T002). Take it out now and write it in its own task: a test that passes at once proves nothing there.',
    )
  })

  it('names all of them', async () => {
    const text = await green(`${PUSH}${PEEK}export const isEmpty = list => list.length === 0\n`)
    expect(text).toContain('`peek` in src/stack.js (T002) and `isEmpty` in src/stack.js (T003)')
  })

  it.each([
    ['the code of the task uses', `${PUSH}${PEEK}export const last = list => peek(list)\n`, ''],
    ['its tests use', PUSH + PEEK, 'assert.equal(stack.peek([1]), 1)'],
    ['only a document names', `${PUSH}export const clear = () => []\n`, ''],
    ['no task names', `${PUSH}export const top = list => list.at(-1)\n`, ''],
    ['is only mentioned', `// peek follows\n${PUSH}`, ''],
  ])('names no function that %s', async (_, code, more) => {
    expect(await green(code, more)).not.toContain('Later tasks name')
  })

  it('names no function that was there before', async () => {
    const text = await green(PEEK + PUSH, '', { [CODE]: PEEK })
    expect(text).not.toContain('Later tasks name')
  })
})
