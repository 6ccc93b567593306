import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { atTerminal, hasTerminal } from '../../kit/program.ts'
import { nodeTest, stackProject, type Project } from '../../kit/project.ts'

const FAILS = nodeTest('one', 'assert.equal(1, 2)')
const PASSES = nodeTest('one', 'assert.equal(1, 1)')

async function finished(
  more: Record<string, string> = {},
): Promise<{ project: Project; call: Assistant['call'] }> {
  const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
    'notes.txt': 'x',
    'tests/one.test.js': PASSES,
    ...more,
  })
  const { call } = await connect(project.root)
  await call('next_task')
  await call('record_green', { task: 'T001' })
  await call('mark_complete', { task: 'T001' })
  return { project, call }
}

function lines({ root }: Project): Record<string, unknown>[] {
  const folder = path.join(root, '.redgreen/ledger/001-stack')
  const [file = ''] = readdirSync(folder)
  const text = readFileSync(path.join(folder, file), 'utf8').trim()
  return text.split('\n').map(line => JSON.parse(line))
}

describe('a human', () => {
  it('sees what each attempt found and what they can do, after the last one has failed', async () => {
    const { project, call } = await finished({
      'redgreen.config.json': JSON.stringify({ limits: { validationAttempts: 2 } }),
    })
    const report = async () =>
      String((await call('read_document', { document: 'validation' })).data['text'])
    project.write('tests/one.test.js', FAILS)
    const first = await call('run_validation')
    expect(first.data).toMatchObject({ attemptsLeft: 1, next: { tool: 'run_validation' } })
    expect(await report()).not.toContain('For a human')
    project.write('tests/two.test.js', nodeTest('two', 'assert.equal(2, 3)'))
    const last = await call('run_validation')
    expect(last.data).toMatchObject({
      attemptsLeft: 0,
      next: {
        tool: null,
        say: expect.stringMatching(
          /redgreen:\/\/001-stack\/validation, \.redgreen\/reports\/001-stack\.md.*redgreen allow-run/,
        ),
      },
    })
    const text = await report()
    expect(project.read('.redgreen/reports/001-stack.md')).toBe(text)
    const [, earlier = '', second = ''] = text.split(
      /### Attempt \d: \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/,
    )
    expect(text).toContain(
      '## For a human: no validation attempt is left\n\nNo attempt is left in this working period (used: 2) ',
    )
    expect(earlier).toMatch(/^- ✗ tests: .*\n {2}- fails: .*one\n/)
    expect(earlier).not.toContain('two')
    expect(second).toMatch(/^- ✗ tests: .*\n {2}- fails: .*one\n {2}- fails: .*two\n/)
    expect(text).toMatch(/redgreen allow-run 001-stack.*redgreen\.config\.json.*redgreen waive/s)
    expect(text).toContain('A human must allow another validation')

    project.remove('.redgreen/reports')
    expect((await call('run_validation')).text).toContain('.redgreen/reports/001-stack.md')
    expect(project.read('.redgreen/reports/001-stack.md')).toBe(text)
  })
})

describe.skipIf(!hasTerminal)('a human who allows one more run', () => {
  it('allows exactly one more validation after all attempts are used up', async () => {
    const { project, call } = await finished()
    project.write('tests/one.test.js', FAILS)
    for (const left of [2, 1, 0])
      expect((await call('run_validation')).data).toMatchObject({
        passed: false,
        attemptsLeft: left,
      })
    const refusal = await call('run_validation')
    expect(refusal.code).toBe('attempts_used_up')
    expect(refusal.text).toContain('redgreen allow-run')
    expect(atTerminal(project, 'no', 'allow-run')).toMatchObject({ status: 1 })
    expect((await call('run_validation')).code).toBe('attempts_used_up')

    const read = () => call('read_document', { document: 'validation' })
    expect(String((await read()).data['text'])).toContain('For a human')
    const allowed = atTerminal(project, 'yes', 'allow-run', '001-stack')
    expect(allowed.stdout).toContain('0 full runs and 0 validation attempts left')
    expect(allowed.stdout).toContain(
      'allowed one more of each for 001-stack: 1 full run and 1 validation attempt left.',
    )
    expect(String((await read()).data['text'])).not.toContain('For a human')
    project.write('tests/one.test.js', PASSES)
    expect((await call('run_validation')).data).toMatchObject({
      passed: true,
      attempt: 4,
      attemptsLeft: 0,
    })
    project.write('notes.txt', 'y')
    expect((await call('run_validation')).code).toBe('attempts_used_up')

    expect(lines(project)).toContainEqual(
      expect.objectContaining({
        kind: 'runs-allowed',
        fullRuns: 1,
        attempts: 1,
        channel: 'terminal',
      }),
    )
    const [seen] = await verify(callAt(project.root))
    expect(seen).toMatchObject({ passed: true, allowed: 1 })
  })

  it('allows one more full suite for a task, besides the run that is reserved for the validation', async () => {
    const tasks = ['size', 'push', 'pop'].map(
      (name, at) => `- [ ] T00${at + 1} ${name} in src/stack.js`,
    )
    const project = stackProject(`## Phase 1: Core\n${tasks.join('\n')}\n`, {
      'src/stack.js': 'export class Stack {\n}\n',
      'redgreen.config.json': JSON.stringify({ limits: { fullRuns: 2 } }),
    })
    const { call } = await connect(project.root)
    const work = async (task: string, name: string) => {
      const file = `tests/${name}.test.js`
      await call('next_task')
      project.write(file, nodeTest(name, `assert.equal(new Stack().${name}, 0)`))
      await call('record_red', { task, tests: [file] })
      const code = project.read('src/stack.js')
      project.write('src/stack.js', code.replace('{\n', `{\n  ${name} = 0\n`))
      await call('record_green', { task })
      return call('mark_complete', { task })
    }
    expect((await work('T001', 'size')).data).toMatchObject({ suite: { ran: 'full', runsLeft: 1 } })
    const second = await work('T002', 'push')
    expect(second.data).toMatchObject({ suite: { ran: 'feature', runsLeft: 1 } })
    expect(second.text).toContain('redgreen allow-run')
    expect(atTerminal(project, 'yes', 'allow-run')).toMatchObject({ status: 0 })
    expect((await work('T003', 'pop')).data).toMatchObject({ suite: { ran: 'full', runsLeft: 1 } })
  })
})
