import { describe, expect, it } from 'vitest'
import { startSteps, type Steps } from '../../kit/steps.ts'

const PLAN = '- [ ] T001 Write tests for size of src/stack.js in tests/size.test.js\n'
const TEST = 'tests/size.test.js'
const CODE = 'export function size(list) {\n  return list.length\n}\n'

const testOf = (body: string) =>
  [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import * as stack from '../src/stack.js'",
    `test('size', () => {\n  ${body}\n})\n`,
  ].join('\n')

const HONEST = testOf('assert.equal(stack.size([1, 2]), 2)')

/** At GREEN: the tests failed with other code in the place of the existing one, which was then restored. */
async function atGreen(test: string, without: string): Promise<Steps> {
  const steps = await startSteps(PLAN, { 'src/stack.js': CODE })
  steps.project.write(TEST, test)
  steps.project.write('src/stack.js', without)
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write('src/stack.js', CODE)
  expect(await steps.green()).toMatchObject({ code: undefined })
  return steps
}

describe('tests of existing code', () => {
  it.each([
    ['that it is a function', "assert.equal(typeof stack.size, 'function')", ''],
    [
      'that it does not fail',
      'assert.doesNotThrow(() => stack.size([1]))',
      'export function size() {\n  throw new Error("x")\n}\n',
    ],
    [
      'that it does not fail, with more of the code',
      'assert.doesNotThrow(() => stack.size([1]))',
      'export function size(list) {\n  list.last.first()\n  return list.length\n}\n',
    ],
  ])('are refused if they ask only %s', async (_, body, without) => {
    const steps = await atGreen(testOf(body), without)
    expect(await steps.mark()).toMatchObject({ code: 'weak_tests' })
    steps.project.write(TEST, HONEST)
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it.each([
    ['without the code', ''],
    ['with one operator changed', CODE.replace('list.length', '-list.length')],
  ])('that assert its result and failed %s are accepted', async (_, without) => {
    const steps = await atGreen(HONEST, without)
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'noticed' })
  })
})
