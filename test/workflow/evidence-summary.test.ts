import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { connect, type Answer } from '../kit/assistant.ts'
import { makeProject, nodeTest } from '../kit/project.ts'

const PLAN = 'docs/plans/2026-03-01-stack.json'
const TEST = 'test/size.test.js'
// A library is not an application.
const LIBRARY = { start: false }
const prints = (text: string) => [process.execPath, '-e', `console.log(${JSON.stringify(text)})`]

/** One task from its start to its mark, with all answers. */
async function finishTask() {
  const task = { id: 1, name: 'Size', dependencies: [], dod: 'an empty stack has the size 0' }
  const plan = { status: 'APPROVED', tasks: [{ ...task, files: ['src/stack.js'], passes: false }] }
  const project = makeProject({
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'src/stack.js': 'export class Stack {}\n',
    [PLAN]: JSON.stringify(plan, null, 2),
    'redgreen.config.json': JSON.stringify({
      commands: { types: prints('0 type errors'), lint: prints('0 lint warnings') },
      validation: LIBRARY,
    }),
  })
  const { call } = await connect(project.root)
  const started = await call('next_task')
  project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  const red = await call('record_red', { task: '1', tests: [TEST] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  const green = await call('record_green', { task: '1' })
  const marked = await call('mark_complete', { task: '1' })
  /** The last event of each of these kinds. */
  const raw = async (...kinds: string[]) => {
    const { data } = await call('read_document', { document: 'evidence/1' })
    const events = String(data['text'])
      .trim()
      .split('\n')
      .map(line => EVENT.parse(JSON.parse(line)))
    return kinds.map(kind => events.findLast(event => event.kind === kind))
  }
  return { project, call, started, red, green, marked, raw }
}

const EVENT = z.looseObject({ kind: z.string() })
const EXACT = ['--test', '--test-reporter=spec', TEST]

/** The code blocks of a text, as lists of lines. */
function blocks(text: string): string[][] {
  return [...text.matchAll(/^````\n([\s\S]*?)\n````$/gm)].map(([, inner = '']) => inner.split('\n'))
}

const command = ({ data }: Answer) => [data['command']].flat().join(' ')

describe('the evidence in an answer', () => {
  it('is the command, its exit code and its output: as data, and as text if something failed', async () => {
    const { red, green, raw } = await finishTask()
    for (const [answer, exitCode, output] of [
      [red, 1, /actual: undefined,\n.*expected: 0/],
      [green, 0, /tests 1\n.*pass 1\n.*fail 0/],
    ] as const) {
      expect(command(answer)).toMatch(/^node --test .*test\/size\.test\.js$/)
      expect(command(answer)).not.toContain('reporter')
      expect(answer.data).toMatchObject({ exitCode, output: expect.stringMatching(output) })
    }
    expect(red.text).toContain(`Ran \`${command(red)}\`: exit code 1. Log: redgreen:`)
    const [block = []] = blocks(red.text)
    expect(block.length).toBeGreaterThanOrEqual(3)
    expect(red.data['output']).toBe(block.join('\n'))
    expect(green.text).not.toMatch(/Ran `|redgreen:|````/)
    // With the arguments that name the reporter.
    for (const event of await raw('red', 'green'))
      expect(event).toMatchObject({ run: { command: expect.arrayContaining(EXACT) } })
  })

  it('of a finished task is counts and verdicts, and the output itself is in the raw evidence', async () => {
    const { marked, raw } = await finishTask()
    const counts = { passed: 1, failed: 0, skipped: 0, errored: 0 }
    expect(marked.data).toMatchObject({ lint: { exitCode: 0 }, types: { exitCode: 0 } })
    expect(marked.data).toHaveProperty('suite', { ran: 'full', counts, runsLeft: 2 })
    expect(marked.text.split('\n')).toEqual(
      expect.arrayContaining(['Linter: passed.', 'Type checker: passed.']),
    )
    expect(marked.text).not.toMatch(/Ran `|redgreen:|````|0 lint warnings/)
    expect(await raw('suite', 'done')).toMatchObject([
      { run: { exitCode: 0, output: expect.stringMatching(/✔ size.*\n.*tests 1\n.*pass 1/) } },
      { lint: { command: prints('0 lint warnings'), output: '0 lint warnings' } },
    ])
  })

  it('of a validation is a line for suite, types and linter, and their output is in the report', async () => {
    const { call } = await finishTask()
    const first = await call('run_validation')
    const gates = ['tests', 'types', 'lint'].map((name): unknown =>
      expect.objectContaining({ name, passed: true, summary: expect.any(String) }),
    )
    expect(first.data).toMatchObject({ passed: true, gates: expect.arrayContaining(gates) })
    expect(JSON.stringify(first.data)).not.toMatch(/"(command|output|log|known|screenshots)"/)
    expect(first.text).not.toMatch(/Ran `|runs\/|````/)
    const report = await call('read_document', { document: 'validation' })
    for (const output of ['ℹ pass 1', '0 type errors', '0 lint warnings'])
      expect(report.text).toContain(output)
    // The second answer comes from the ledger.
    expect((await call('run_validation')).data).toMatchObject({
      passed: true,
      attempt: 1,
      gates: expect.arrayContaining(gates),
    })
  })

  it('of a whole task has fewer than 600 tokens as text, and 1,100 as data', async () => {
    const { started, red, green, marked } = await finishTask()
    const answers = [started, red, green, marked]
    const texts = answers.map(({ text }) => encode(text).length)
    const facts = answers.map(({ data }) => encode(JSON.stringify(data)).length)
    const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
    console.log(
      `tokens (o200k) of a task's four calls: ${sum(texts)} as text (${texts.join(' + ')}), ${sum(facts)} as data (${facts.join(' + ')})`,
    )
    expect(sum(texts)).toBeLessThan(600)
    expect(sum(facts)).toBeLessThan(1100)
  })
})

describe('the final report of a JSON plan', () => {
  it('has the format of its workflow, and names what was not checked', async () => {
    const { project, call } = await finishTask()
    await call('run_validation')
    const { text } = (await call('read_document', { document: 'validation' })).data
    const report = String(text)
    expect(report.split('\n')).toEqual(
      expect.arrayContaining([
        '## Implementation Complete',
        '### ✅ Unit Tests: PASS',
        'ℹ pass 1',
        '### ✅ Type Check: PASS',
        '0 type errors',
        '### ✅ Linter: PASS',
        '0 lint warnings',
        '### ⚪ Production Validation: NOT NEEDED',
        '- not needed: the settings say that nothing is to start',
        '### 📋 Plan Status',
        '- Tasks completed: 1/1',
        '- All tests passing: ✓',
        '- Production validated: not needed',
        '- Status: COMPLETE',
        '- 1 Size: created test/size.test.js; changed src/stack.js; 1 test',
      ]),
    )
    expect(report).toMatch(/`node --test .*` ended with exit code 0$/m)
    const [suite = [], ...judges] = blocks(report)
    expect(suite).toContain('ℹ pass 1')
    expect(judges).toEqual([['0 type errors'], ['0 lint warnings']])
    expect(report).toContain('the application itself was not checked.')
    expect(project.read(PLAN)).toContain('"COMPLETE"')
  })

  it('is the report of a partial success until everything is validated', async () => {
    const { project, call } = await finishTask()
    const read = async () =>
      String((await call('read_document', { document: 'validation' })).data['text'])
    expect(await read()).toContain('# Implementation Partial!')
    const fails = [process.execPath, '-e', "console.log('bad type'); process.exit(2)"]
    project.write(
      'redgreen.config.json',
      JSON.stringify({ commands: { types: fails }, validation: LIBRARY }),
    )
    expect((await call('run_validation')).data).toMatchObject({ passed: false })
    expect(await read()).toContain('# Implementation Partial!')
    expect(await read()).toContain('- ✗ types\n  - exit code 2\n')
    expect(await read()).toContain('1. Fix what the gates found: types\n')
    expect(await read()).not.toContain('Implementation Complete')
  })
})
