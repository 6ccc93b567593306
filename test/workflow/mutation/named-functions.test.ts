import { describe, expect, it } from 'vitest'
import { startSteps, type Steps } from '../../kit/steps.ts'

const TEST = 'tests/size.test.js'
const SIZE = 'export function size(list) {\n  return list.filter(Boolean).length\n}\n'
const DOUBLE = 'export function double(n) {\n  return n * 2\n}\n'

async function atGreen(expectation: string, code: string, task: string): Promise<Steps> {
  const steps = await startSteps(`- [ ] T001 ${task}\n`, { 'src/stack.js': '' })
  steps.project.write(
    TEST,
    [
      "import test from 'node:test'",
      "import assert from 'node:assert/strict'",
      "import * as stack from '../src/stack.js'",
      `test('size', () => {\n  ${expectation}\n})\n`,
    ].join('\n'),
  )
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write('src/stack.js', code)
  expect(await steps.green()).toMatchObject({ code: undefined })
  return steps
}

const OF_DOUBLE = "assert.equal(stack.double(2), 4)\n  assert.equal(typeof stack.size, 'function')"

describe('a task that names a function', () => {
  it.each([
    ['a small function beside it', OF_DOUBLE, SIZE + DOUBLE],
    [
      'a constant beside it',
      'assert.equal(stack.ready, true)',
      `${SIZE}export const ready = true\n`,
    ],
  ])('is refused if its tests notice only %s', async (_, expectation, code) => {
    const steps = await atGreen(expectation, code, 'size in src/stack.js')
    expect(await steps.mark()).toMatchObject({
      code: 'weak_tests',
      text: expect.stringContaining('Replacing the body of `size`'),
    })
  })

  it.each([
    [
      'its tests notice it, too',
      'assert.equal(stack.size([1, 0]), 1)',
      SIZE + DOUBLE,
      'size in src/stack.js',
    ],
    [
      'the code that they notice was taken out of it',
      OF_DOUBLE,
      `${DOUBLE}export function size(list) {\n  return double(list.length)\n}\n`,
      'size in src/stack.js',
    ],
    [
      'the code that they notice uses it',
      OF_DOUBLE,
      `${SIZE}export function double(n) {\n  return n * 2 + 0 * size([])\n}\n`,
      'size in src/stack.js',
    ],
    [
      'it uses that code through another function',
      OF_DOUBLE,
      `${DOUBLE}function twice(n) {\n  return double(n) * 1\n}\nexport function size(list) {\n  return twice(list.length)\n}\n`,
      'size in src/stack.js',
    ],
    [
      'it names the function only as one that it uses',
      OF_DOUBLE,
      SIZE + DOUBLE,
      'Double a number (src/stack.js) without `size`',
    ],
    ['it names none of the functions', OF_DOUBLE, SIZE + DOUBLE, 'Count the entries'],
    ['its words only happen to be names', OF_DOUBLE, SIZE + DOUBLE, 'Count the size of a list'],
  ])('is done if %s', async (_, expectation, code, task) => {
    const steps = await atGreen(expectation, code, task)
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })
})
