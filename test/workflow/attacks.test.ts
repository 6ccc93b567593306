import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect, startTask, type Assistant } from '../kit/assistant.ts'
import { runCommand } from '../kit/program.ts'
import { nodeTest, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [ ] T002 push in src/stack.js
`
const AHEAD = `## Phase 1: Tests
- [ ] T001 Contract test for size in tests/size.test.js

## Phase 2: Core
- [ ] T002 size in src/stack.js
`
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = 'export class Stack {}\n'
const DONE = 'export class Stack {\n  size = 0\n}\n'
const TEST = 'tests/size.test.js'

interface Session {
  project: Project
  call: Assistant['call']
}

function start(tasks = PLAN, files: Record<string, string> = {}): Promise<Session> {
  return startTask(tasks, { 'src/stack.js': STUB, ...files })
}

const red = ({ call }: Session, tests = [TEST], task = 'T001') =>
  call('record_red', { task, tests })
const green = ({ call }: Session, task = 'T001') => call('record_green', { task })
const mark = ({ call }: Session, task = 'T001') => call('mark_complete', { task })

async function atRed(tasks = PLAN, more: Record<string, string> = {}): Promise<Session> {
  const all = await start(tasks, more)
  all.project.write(TEST, SIZE)
  expect(await red(all)).toMatchObject({ code: undefined })
  return all
}

async function atGreen(tasks = PLAN, more: Record<string, string> = {}): Promise<Session> {
  const all = await atRed(tasks, more)
  all.project.write('src/stack.js', DONE)
  expect(await green(all)).toMatchObject({ code: undefined })
  return all
}

const verify = ({ project }: Session) => runCommand(project, ['verify']).stdout

describe('an old test is not accepted as a new one', () => {
  const old = { [TEST]: SIZE }

  it('if a link points to it', async () => {
    const all = await start(PLAN, old)
    symlinkSync('size.test.js', path.join(all.project.root, 'tests/link.test.js'))
    expect(await red(all, ['tests/link.test.js'])).toMatchObject({ code: 'not_a_test' })
  })

  it('if its path starts with a dash, or is a folder', async () => {
    const all = await start()
    expect(await red(all, ['--test-name-pattern=x'])).toMatchObject({ code: 'path_outside' })
    mkdirSync(path.join(all.project.root, 'tests/folder.test.js'), { recursive: true })
    expect(await red(all, ['tests/folder.test.js'])).toMatchObject({ code: 'test_missing' })
    expect(await red(all, ['a'.repeat(900)])).toMatchObject({ code: 'test_missing' })
  })
})

it.skipIf(process.platform === 'win32')(
  'a named pipe in place of a test does not block the server',
  async () => {
    const all = await start()
    all.project.write('tests/a.txt', 'x')
    execFileSync('mkfifo', [path.join(all.project.root, 'tests/pipe.test.js')])
    expect(await red(all, ['tests/pipe.test.js'])).toMatchObject({ code: 'test_missing' })
  },
)

describe('a weakened test is found', () => {
  it('if the task that must make it pass changes it', async () => {
    const all = await atRed(AHEAD)
    await mark(all)
    await all.call('next_task')
    all.project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 7)'))
    expect(await red(all, [TEST], 'T002')).toMatchObject({ code: 'tests_changed' })
  })

  it('if it is deleted after its task is done', async () => {
    const all = await atGreen('## Core\n- [ ] T001 size in src/stack.js\n')
    await mark(all)
    rmSync(path.join(all.project.root, TEST))
    all.project.write('tests/other.test.js', nodeTest('other', 'assert.ok(true)'))
    const validation = await all.call('run_validation')
    expect(validation.data).toMatchObject({ passed: false })
    expect(validation.text).toContain('tests/size.test.js > size (was green, and did not run)')
  })
})

describe('a change during a step is refused', () => {
  it('if the linter makes it', async () => {
    const lint = [process.execPath, '-e', "require('fs').writeFileSync('src/stack.js', 'broken(')"]
    const all = await atGreen(PLAN, {
      'redgreen.config.json': JSON.stringify({ commands: { lint } }),
    })
    expect(await mark(all)).toMatchObject({ code: 'green_fails' })
    expect(all.project.read(TASKS)).toContain('- [ ] T001')
  })
})

describe('the kind of proof of a task', () => {
  it('does not change during the task when the plan changes', async () => {
    const all = await start()
    all.project.write(TASKS, PLAN.replace('size in src/stack.js', 'Document size in README.md'))
    all.project.write('README.md', 'size')
    expect(await green(all)).toMatchObject({
      code: 'conflict',
      text: expect.stringContaining('build'),
    })
    expect((await all.call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { stage: 'todo' },
    })
    await green(all)
    await mark(all)
    all.project.write(
      TASKS,
      all.project.read(TASKS).replace('Document size in README.md', 'size in src/stack.js'),
    )
    expect(verify(all)).toMatch(/T001 .* proven as check, but the plan now requires build/)
  })

  it('is reported by verify if the task had another title when it was proven', async () => {
    const all = await atGreen()
    await mark(all)
    all.project.write(
      TASKS,
      all.project.read(TASKS).replace('T001 size', 'T001 the whole of billing'),
    )
    expect(verify(all)).toMatch(/T001 .* its title was "size in src\/stack.js" when it was proven/)
  })

  it('is reported by verify if the settings changed and no human confirmed it', async () => {
    const all = await atGreen()
    await mark(all)
    all.project.write('redgreen.config.json', '{"limits":{"fullRuns":99}}')
    await all.call('next_task')
    expect(verify(all)).toContain(
      'redgreen.config.json:1 The settings changed before the start event',
    )
  })
})

describe('the limits', () => {
  it('count a full run that crashes', async () => {
    const all = await atGreen()
    all.project.write('tests/crash.test.js', 'process.kill(process.pid, 9)\n')
    const answers = [await mark(all), await mark(all)]
    expect(answers.map(({ code }) => code)).toEqual(['crashed', 'crashed'])
    rmSync(path.join(all.project.root, 'tests/crash.test.js'))
    expect((await mark(all)).data).toMatchObject({ suite: { ran: 'feature', runsLeft: 1 } })
  })

  it('do not count a repeated validation as another attempt', async () => {
    const all = await atGreen('## Core\n- [ ] T001 size in src/stack.js\n')
    await mark(all)
    expect((await all.call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    expect((await all.call('run_validation')).data).toMatchObject({ passed: true, attempt: 1 })
    expect((await all.call('next_task')).text).toContain('The feature is validated')
  })
})

describe('a link in place of the server folder', () => {
  it('is not followed', async () => {
    const project = stackProject(PLAN)
    const outside = stackProject(PLAN)
    symlinkSync(outside.root, path.join(project.root, '.redgreen'))
    const { call } = await connect(project.root)
    expect(await call('next_task')).toMatchObject({ code: 'path_outside' })
    expect(existsSync(path.join(outside.root, 'ledger'))).toBe(false)
  })
})

describe('the assistant can always continue', () => {
  it('if a task failed: it is resumed and then done', async () => {
    const all = await atRed()
    await all.call('report_failure', { task: 'T001', error: 'no idea' })
    all.project.write('src/stack.js', DONE)
    expect(await green(all)).toMatchObject({
      code: 'halted',
      text: expect.stringContaining('next_task'),
    })
    await all.call('next_task', { task: 'T001' })
    expect((await green(all)).code).toBeUndefined()
    expect((await mark(all)).data).toMatchObject({ stage: 'done' })
    expect((await all.call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
  })

  it('if neither this clone nor its git has the files with which a task was started', async () => {
    const all = await atRed()
    all.project.remove('.redgreen/local/trees')
    all.project.remove('.git')
    all.project.write('src/stack.js', DONE)
    const answer = await green(all)
    expect(answer).toMatchObject({
      code: 'wrong_stage',
      text: expect.stringContaining('next_task'),
    })
    expect((await all.call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { stage: 'todo' },
    })
  })

  it('if a module of the project is missing, but not if a package is missing', async () => {
    const all = await start(AHEAD, {})
    all.project.write(TEST, SIZE.replace('../src/stack.js', '../src/none.js'))
    expect((await red(all)).data).toMatchObject({ loadFailure: true })
    all.project.write('tests/b.test.js', SIZE.replace('../src/stack.js', 'no-such-package'))
    expect(await red(all, ['tests/b.test.js'])).toMatchObject({ code: 'red_not_loaded' })
  })
})
