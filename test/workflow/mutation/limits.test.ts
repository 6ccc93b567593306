import { describe, expect, it } from 'vitest'
import { toolFrontend } from '../../../src/server/frontend.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { callAt } from '../../kit/call.ts'
import { startSteps, type Steps } from '../../kit/steps.ts'

const PLAN = '- [ ] T001 rest in src/stack.js\n'
const TEST = 'tests/rest.test.js'
const REST = 'export function rest(list) {\n  return list.slice(1)\n}\n'

const testOf = (body: string, source = '../src/stack.js') =>
  [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    `import * as stack from '${source}'`,
    `test('rest', () => {\n  ${body}\n})\n`,
  ].join('\n')

const VACUOUS = testOf("assert.equal(typeof stack.rest, 'function')")

/** At GREEN of the task, with a test and code that satisfies it. */
async function atGreen({
  test = VACUOUS,
  code = REST,
  files = {},
  git = true,
}: {
  test?: string
  code?: string
  files?: Record<string, string>
  git?: boolean
} = {}): Promise<{ steps: Steps; green: string }> {
  const steps = await startSteps(PLAN, { 'src/stack.js': '', ...files }, { git })
  steps.project.write(TEST, test)
  expect(await steps.red([TEST])).toMatchObject({ code: undefined })
  steps.project.write('src/stack.js', code)
  const { text, code: refusal } = await steps.green()
  expect([refusal, text]).toEqual([undefined, text])
  return { steps, green: text }
}

describe('the mutation check', () => {
  it('is left out where the settings turn it off', async () => {
    const { steps } = await atGreen({ files: { 'redgreen.config.json': '{"bite": false}' } })
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(await steps.lastEvent('mutation')).toBe(undefined)
  })

  describe('of tests that take longer than it may', () => {
    const SLOW = testOf(
      'await new Promise(done => setTimeout(done, 1100))\n  assert.deepEqual(stack.rest([1, 2]), [2])',
    ).replace('() =>', 'async () =>')
    const budget = (budgetSeconds: number) => ({
      'redgreen.config.json': JSON.stringify({ bite: { budgetSeconds } }),
    })

    it('still tries the first changes, which show whether they notice anything', async () => {
      const { steps } = await atGreen({ test: SLOW, files: budget(1) })
      expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'noticed' })
    })

    it('is not done if they take far longer', async () => {
      const { green } = await atGreen({ test: SLOW, files: budget(0.01) })
      expect(green).toMatch(
        /Mutation check: not checked, because its tests take \d+ s, longer than/,
      )
    })
  })

  it('says that it needs git, and refuses nothing', async () => {
    const { steps, green } = await atGreen({ git: false })
    expect(green).toMatch(/Mutation check: not checked, because git/)
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it('is not turned off after a refusal unless a human agrees', async () => {
    const { steps } = await atGreen()
    expect(await steps.mark()).toMatchObject({ code: 'weak_tests' })
    steps.project.write('redgreen.config.json', '{"bite": false}')
    expect(await steps.mark()).toMatchObject({ code: 'settings_changed' })
  })

  it('stops a change that makes the tests run for ever, which is a change that they notice', async () => {
    const { steps } = await atGreen({
      test: testOf('let list = [1, 2]\n  while (list.length > 0) list = stack.rest(list)'),
      code: 'export function rest(list) {\n  return [...list.slice(1)]\n}\n',
    })
    const { verdict, mutants } = (await steps.lastEvent('mutation')) ?? {}
    expect(verdict).toBe('noticed')
    expect(mutants).toContainEqual(expect.objectContaining({ outcome: 'timed-out' }))
  })

  it('counts a change that makes the tests run out of memory as noticed', async () => {
    const { steps } = await atGreen({
      test: testOf(
        'const all = []\n  for (let left = 3; left > 0; left = stack.rest(left)) all.push(new Array(100_000).fill(left))',
      ),
      code: 'export function rest(left) {\n  return left - 1\n}\n',
      files: {
        'package.json':
          '{"type": "module", "scripts": {"test": "node --max-old-space-size=40 --test"}}',
      },
    })
    expect(await steps.mark()).toMatchObject({ code: undefined })
    expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'noticed' })
  })

  it('says that tests of built output do not show what a change of its source does', async () => {
    const files = { 'dist/stack.js': REST, '.gitignore': 'dist/\n' }
    const steps = await startSteps(PLAN, { ...files, 'src/stack.js': '' })
    steps.project.write('dist/stack.js', 'export {}\n')
    steps.project.write(
      TEST,
      testOf('assert.deepEqual(stack.rest([1, 2]), [2])', '../dist/stack.js'),
    )
    expect(await steps.red([TEST])).toMatchObject({ code: undefined })
    steps.project.write('src/stack.js', REST)
    steps.project.write('dist/stack.js', REST)
    const { text } = await steps.green()
    expect(text).toMatch(/Mutation check: not checked, because/)
    expect(await steps.mark()).toMatchObject({ code: undefined })
  })

  it('lets changed code write relative to its temporary checkout only', async () => {
    const { steps } = await atGreen({
      test: testOf('stack.save([1, 2])\n  assert.deepEqual(stack.rest([1, 2]), [2])'),
      code: `import { writeFileSync } from 'node:fs'\n${REST}export function save(list) {\n  writeFileSync('saved.txt', String(rest(list)))\n}\n`,
      files: { '.gitignore': 'saved.txt\n' },
    })
    expect(await steps.lastEvent('mutation')).toMatchObject({ verdict: 'noticed' })
    expect(steps.project.read('saved.txt')).toBe('2')
  })

  it('is made up for by the next step if the call was cancelled', async () => {
    const steps = await startSteps(PLAN, { 'src/stack.js': '' })
    steps.project.write(TEST, VACUOUS)
    expect(await steps.red([TEST])).toMatchObject({ code: undefined })
    steps.project.write('src/stack.js', REST)
    const cancel = new AbortController()
    const note = (text: string) => (text.startsWith('mutation check') ? cancel.abort() : undefined)
    const call = { ...callAt(steps.project.root), frontend: toolFrontend, note }
    const cancelled = recordGreen({ ...call, signal: cancel.signal }, { task: 'T001' })
    await expect(cancelled).rejects.toThrow('aborted')
    expect(await steps.lastEvent('green')).toBeDefined()
    expect(await steps.lastEvent('mutation')).toBe(undefined)
    expect(await steps.mark()).toMatchObject({ code: 'weak_tests' })
  })
})
