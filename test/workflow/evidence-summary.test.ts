import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
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
  return { project, call, started, red, green, marked }
}

/** The code blocks of a text, as lists of lines. */
function blocks(text: string): string[][] {
  return [...text.matchAll(/^````\n([\s\S]*?)\n````$/gm)].map(([, inner = '']) => inner.split('\n'))
}

const command = ({ data }: Answer) => [data['command']].flat().join(' ')

describe('the evidence in an answer', () => {
  it('is the exact command, its exit code and its output, as text and as data', async () => {
    const { red, green } = await finishTask()
    for (const [answer, exitCode, output] of [
      [red, 1, /not.*equal|undefined !== 0/i],
      [green, 0, /pass 1/],
    ] as const) {
      expect(command(answer)).toMatch(/^node --test .*test\/size\.test\.js$/)
      expect(answer.text).toContain(`Ran \`${command(answer)}\`: exit code ${exitCode}.`)
      const [block = []] = blocks(answer.text)
      expect(block.length).toBeGreaterThanOrEqual(3)
      expect(block.join('\n')).toMatch(output)
      expect(String(answer.data['output'])).toContain(block.join('\n'))
    }
  })

  it('of a finished task is the unchanged output of the suite and the linter', async () => {
    const { marked } = await finishTask()
    expect(marked.data).toMatchObject({
      suite: {
        ran: 'full',
        command: expect.arrayContaining(['node', '--test']),
        exitCode: 0,
        output: expect.stringMatching(/✔ size.*\n.*tests 1\n.*pass 1\n.*fail 0/),
        log: expect.stringMatching(/^redgreen:.*\/runs\/[0-9a-f]{12}$/),
      },
      lint: {
        command: prints('0 lint warnings'),
        exitCode: 0,
        output: expect.stringContaining('0 lint warnings'),
        log: expect.stringMatching(/\/runs\/[0-9a-f]{12}$/),
      },
    })
    const [suite = [], lint = []] = blocks(marked.text)
    expect(suite.length).toBeGreaterThanOrEqual(3)
    expect(suite.join('\n')).toMatch(/pass 1/)
    expect(lint).toEqual(['0 lint warnings'])
    expect(marked.text).toMatch(/Ran `node --test .*`: exit code 0\. Log: redgreen:/)
  })

  it('of a validation has suite, types and linter with their logs, and is kept', async () => {
    const { call } = await finishTask()
    const first = await call('run_validation')
    const gate = (name: string, output: string): unknown =>
      expect.objectContaining({
        name,
        passed: true,
        exitCode: 0,
        output: expect.stringContaining(output),
        log: expect.stringMatching(/\/runs\/[0-9a-f]{12}$/),
      })
    const gates = [
      gate('tests', 'pass 1'),
      gate('types', '0 type errors'),
      gate('lint', '0 lint warnings'),
    ]
    expect(first.data).toMatchObject({ passed: true, gates: expect.arrayContaining(gates) })
    expect(blocks(first.text).map(([line]) => line)).toEqual(
      expect.arrayContaining(['0 type errors', '0 lint warnings']),
    )
    // The second answer comes from the ledger.
    expect((await call('run_validation')).data).toMatchObject({
      passed: true,
      attempt: 1,
      gates: expect.arrayContaining(gates),
    })
  })

  it('of a whole task has fewer than 2,500 tokens', async () => {
    const { started, red, green, marked } = await finishTask()
    const answers = [started, red, green, marked]
    const texts = answers.map(({ text }) => encode(text).length)
    const facts = answers.map(({ data }) => encode(JSON.stringify(data)).length)
    const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
    console.log(
      `tokens (o200k) of a task's four calls: ${sum(texts)} as text (${texts.join(' + ')}), ${sum(facts)} as data (${facts.join(' + ')})`,
    )
    expect(sum(texts)).toBeLessThan(2500)
    expect(sum(facts)).toBeLessThan(2500)
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
