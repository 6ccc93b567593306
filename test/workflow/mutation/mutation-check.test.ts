import { describe, expect, it } from 'vitest'
import { startSteps, type Steps } from '../../kit/steps.ts'

const PLAN = '- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const SIZE = 'export function size(list) {\n  return list.length\n}\n'

/** A test for Node's own runner of functions in `src/stack.js`. */
const testOf = (body: string) =>
  [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import * as stack from '../src/stack.js'",
    `test('size', async () => {\n  ${body}\n})\n`,
  ].join('\n')

const VACUOUS = testOf("assert.equal(typeof stack.size, 'function')")
const HONEST = testOf('assert.equal(stack.size([1, 2]), 2)')

async function atGreen(
  test: string,
  code = SIZE,
  more: Record<string, string> = {},
): Promise<Steps> {
  const steps = await startSteps(PLAN, { 'src/stack.js': '', ...more })
  steps.project.write(TEST, test)
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write('src/stack.js', code)
  return steps
}

describe('the mutation check', () => {
  it('refuses a test that notices no change, and accepts it once it asserts the result', async () => {
    const steps = await atGreen(VACUOUS)
    expect((await steps.green()).text).toMatch(
      /Replacing the body of `size`.*leaves the test green/,
    )
    const refused = await steps.mark()
    expect(refused).toMatchObject({ code: 'weak_tests' })
    // The refusal names the next step.
    expect(refused.text).toMatch(/Call mark_complete with task T001 again/)
    steps.project.write(TEST, HONEST)
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'noticed' })
  })

  it('accepts a corrected test that cannot even be loaded without the new code', async () => {
    const steps = await atGreen(VACUOUS)
    await steps.green()
    const imported = HONEST.replace('import * as stack', 'import { size }').replace(
      'stack.size',
      'size',
    )
    steps.project.write(TEST, imported)
    expect(await steps.green()).toMatchObject({ code: undefined })
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it('does not accept a corrected test that still passes with stand-ins', async () => {
    const steps = await atGreen(VACUOUS)
    await steps.green()
    steps.project.write(
      TEST,
      VACUOUS.replace('import * as stack', 'import { size }').replace('stack.size', 'size'),
    )
    const refused = await steps.mark()
    expect(refused).toMatchObject({ code: 'tests_changed' })
    expect(refused.text).toMatch(/pass without the new code/)
  })
})
