import { appendFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { lock } from 'proper-lockfile'
import { describe, expect, it } from 'vitest'
import { refusalCodes, type RefusalCode } from '../../src/workflow/context/refusal.ts'
import { connect, type Answer, type Assistant } from '../kit/assistant.ts'
import { makeProject, nodeTest, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = `## Phase 1: Core
- [ ] T001 size in src/stack.js
- [ ] T002 push in src/stack.js
`
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const STUB = 'export class Stack {}\n'
const DONE = 'export class Stack {\n  size = 0\n}\n'
const TEST = 'tests/size.test.js'

interface Session {
  project: Project
  assistant: Assistant
  call: Assistant['call']
}

async function openSession(tasks = PLAN, more: Record<string, string> = {}): Promise<Session> {
  const project = stackProject(tasks, more)
  const assistant = await connect(project.root)
  return { project, assistant, call: assistant.call }
}

/** T001 started, with its test and a stub. */
async function started(test = SIZE, more: Record<string, string> = {}): Promise<Session> {
  const all = await openSession(PLAN, { 'src/stack.js': STUB, ...more })
  await all.call('next_task')
  all.project.write(TEST, test)
  return all
}

const red = ({ call }: Session, tests = [TEST]) => call('record_red', { task: 'T001', tests })
const green = ({ call }: Session) => call('record_green', { task: 'T001' })

async function atRed(test = SIZE, more: Record<string, string> = {}): Promise<Session> {
  const all = await started(test, more)
  expect(await red(all)).toMatchObject({ code: undefined })
  return all
}

async function atGreen(more: Record<string, string> = {}): Promise<Session> {
  const all = await atRed(SIZE, more)
  all.project.write('src/stack.js', DONE)
  expect(await green(all)).toMatchObject({ code: undefined })
  return all
}

const settings = (value: object) => ({ 'redgreen.config.json': JSON.stringify(value) })

/** For each code, a call that is refused with it, and a part of the remedy. */
const REFUSED: Record<RefusalCode, [call: () => Promise<Answer>, remedy: RegExp]> = {
  no_feature: [
    async () => (await connect(makeProject({ 'a.txt': 'nothing' }).root)).call('next_task'),
    /specs\/001-name/,
  ],
  no_project: [
    async () => {
      const home = makeProject({}, { git: false }).root
      const options = { args: [], cwd: home, env: { HOME: home, USERPROFILE: home } }
      return (await connect(home, options)).call('next_task')
    },
    /--root.*REDGREEN_ROOT/,
  ],
  ambiguous_feature: [
    async () => {
      const { call } = await openSession(PLAN, { 'specs/002-queue/tasks.md': PLAN })
      return call('next_task')
    },
    /specs\/001-stack, specs\/002-queue.*argument `feature`/,
  ],
  conflict_markers: [
    async () => (await openSession(`${PLAN}<<<<<<< HEAD\n=======\n>>>>>>> b\n`)).call('next_task'),
    /tasks\.md, line 4.*Resolve the conflict/s,
  ],
  not_approved: [
    async () =>
      (await openSession(PLAN, settings({ approval: { required: 'always' } }))).call('next_task'),
    /nobody has.*redgreen approve/,
  ],
  plan_changed: [
    async () => {
      const { call, project } = await openSession(
        '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n',
      )
      await call('next_task')
      project.write('notes.txt', 'x')
      await call('record_green', { task: 'T001' })
      await call('mark_complete', { task: 'T001' })
      project.write(TASKS, '## Setup\n- [X] T001 Create notes.txt\n')
      return call('run_validation')
    },
    /T002 "Create more.txt" is gone.*redgreen approve/,
  ],
  plan_invalid: [
    async () => (await openSession('# No tasks here\n')).call('next_task'),
    /tasks\.md/,
  ],
  unsupported_file: [async () => (await openSession('- [ ] T001 a\0b\n')).call('next_task'), /NUL/],
  unknown_task: [
    async () => (await openSession()).call('next_task', { task: 'T009' }),
    /T001 to T002\. To get the task that is due, call next_task/,
  ],
  not_ready: [
    async () => (await openSession()).call('next_task', { task: 'T002' }),
    /T002 waits for T001.*call next_task/,
  ],
  wrong_stage: [
    async () => (await openSession()).call('record_green', { task: 'T001' }),
    /has not been started.*call next_task with task T001/,
  ],
  claimed: [
    async () => {
      const { project, call } = await openSession()
      await call('next_task')
      return (await connect(project.root)).call('next_task', { task: 'T001' })
    },
    /call next_task/,
  ],
  halted: [
    async () => {
      const { call } = await openSession()
      await call('next_task')
      await call('report_failure', { task: 'T001', error: 'no compiler' })
      return call('next_task')
    },
    /no compiler.*call next_task with task T001/,
  ],
  all_done: [
    async () => {
      const { call, project } = await openSession('## Setup\n- [ ] T001 Create notes.txt\n')
      await call('next_task')
      project.write('notes.txt', 'x')
      await call('record_green', { task: 'T001' })
      await call('mark_complete', { task: 'T001' })
      return call('record_green', { task: 'T001' })
    },
    /call run_validation/,
  ],
  phase_needs_person: [
    async () => {
      const { call } = await openSession('## Polish\n- [ ] T001 Manually verify the layout\n')
      await call('next_task')
      return call('mark_complete', { task: 'T001' })
    },
    /redgreen mark-complete T001/,
  ],
  path_outside: [
    async () => red(await started(), ['../elsewhere/a.test.js']),
    /outside the workspace.*inside/,
  ],
  not_a_test: [
    async () => red(await started(), ['src/stack.js']),
    /is not a test file of node:test/,
  ],
  no_git: [
    async () => {
      const project = stackProject(PLAN, { 'src/stack.js': DONE }, { git: false })
      const { call } = await connect(project.root)
      await call('next_task')
      project.write(TEST, SIZE)
      return call('record_red', { task: 'T001', tests: [TEST], late: true })
    },
    /redgreen waive T001/,
  ],
  weak_tests: [
    async () => {
      const all = await atRed(
        `import * as stack from '../src/stack.js'\n${nodeTest('size', "assert.equal(typeof stack.size, 'function')")}`,
      )
      all.project.write('src/stack.js', 'export function size(list) {\n  return list.length\n}\n')
      expect(await green(all)).toMatchObject({ code: undefined })
      return all.call('mark_complete', { task: 'T001' })
    },
    /Replacing the body of `size`.*Assert its result.*Call mark_complete with task T001/s,
  ],
  untested_change: [
    async () => {
      const { project, call } = await openSession('## Setup\n- [ ] T001 Create notes.txt\n')
      await call('next_task')
      project.write('notes.txt', 'x')
      project.write('src/stack.js', DONE)
      await call('record_green', { task: 'T001' })
      return call('mark_complete', { task: 'T001' })
    },
    /src\/stack\.js.*Write a test/,
  ],
  test_missing: [async () => red(await started(), ['tests/none.test.js']), /Write the test/],
  red_passes: [
    async () => red(await started(nodeTest('true', 'assert.ok(true)'))),
    /1 passed.*call record_red with task T001 and tests tests\/size\.test\.js again/s,
  ],
  red_not_loaded: [
    async () => red(await started(`${SIZE}const broken = ;`)),
    /could not be loaded.*\(tests\/size\.test\.js:7\).*Fix the syntax error/s,
  ],
  red_not_new: [
    async () => {
      const all = await openSession(PLAN, { 'src/stack.js': STUB, [TEST]: SIZE })
      await all.call('next_task')
      return red(all)
    },
    /has not changed since the start of T001.*Write a new test/,
  ],
  no_tests_ran: [
    async () => red(await started("import test from 'node:test'\ntest.skip('later', () => {})\n")),
    /skipped.*at least one test that runs/s,
  ],
  timed_out: [
    async () =>
      red(
        await started(
          "import test from 'node:test'\ntest('hangs', () => new Promise(done => setTimeout(done, 600_000)))\n",
          settings({ limits: { timeoutSeconds: 1.5 } }),
        ),
      ),
    /time limit.*timeoutSeconds/s,
  ],
  crashed: [
    async () =>
      red(
        await started(
          "import test from 'node:test'\ntest('dies', () => process.kill(process.pid, 9))\n",
        ),
      ),
    /fix what ends the process/,
  ],
  server_stopped: [
    async () => {
      const all = await started(
        "import { writeFileSync } from 'node:fs'\nwriteFileSync('started', '')\nsetInterval(() => {}, 1000)\n",
      )
      const answer = red(all)
      const place = path.join(all.project.root, 'started')
      await expect.poll(() => existsSync(place), { timeout: 60_000 }).toBe(true)
      process.kill(all.assistant.pid, 'SIGTERM')
      return answer
    },
    /nothing was recorded.*repeat the call/s,
  ],
  inconsistent: [
    async () => {
      const all = await started('', {
        'package.json': '{"type":"module","devDependencies":{"vitest":"4"}}',
        'vitest.config.js': "export default { test: { globalSetup: './teardown.js' } }\n",
        'teardown.js': 'export default () => () => {\n  process.exitCode = 7\n}\n',
      })
      symlinkSync(path.resolve('node_modules'), path.join(all.project.root, 'node_modules'))
      all.project.write(
        TEST,
        "import { expect, test } from 'vitest'\ntest('passes', () => expect(1).toBe(1))\n",
      )
      return red(all)
    },
    /1 passed, but.*exit code 7/,
  ],
  moved: [
    async () =>
      red(
        await started(
          nodeTest('moves', `new Stack(); assert.ok(false)`)
            .replace("test('moves'", "import { writeFileSync } from 'node:fs'\ntest('moves'")
            .replace(
              'new Stack();',
              "new Stack(); writeFileSync('src/stack.js', 'export class Stack { size = 1 }');",
            ),
        ),
      ),
    /Files changed during the run \(src\/stack\.js\).*again/,
  ],
  green_fails: [
    async () => {
      const all = await atRed()
      all.project.write('src/stack.js', 'export class Stack {\n  size = 7\n}\n')
      return green(all)
    },
    /Change the code until the test passes.*may be corrected/,
  ],
  tests_missing: [
    async () => {
      // The name of the test depends on another file.
      const all = await atRed(
        nodeTest('size', 'assert.equal(new Stack().size, 0)').replace(
          "test('size'",
          'test(Stack.title',
        ),
        { 'src/stack.js': "export class Stack {\n  static title = 'one'\n}\n" },
      )
      all.project.write(
        'src/stack.js',
        "export class Stack {\n  static title = 'two'\n  size = 0\n}\n",
      )
      return green(all)
    },
    /Restore the missing tests/,
  ],
  skipped: [
    async () => {
      const all = await atRed(
        nodeTest('size', 'assert.equal(new Stack().size, 0)').replace(
          "test('size', ",
          "test('size', { skip: Stack.skip }, ",
        ),
      )
      all.project.write(
        'src/stack.js',
        'export class Stack {\n  static skip = true\n  size = 0\n}\n',
      )
      return green(all)
    },
    /Remove skip, todo and only/,
  ],
  tests_changed: [
    async () => {
      const all = await atRed()
      all.project.write(TEST, nodeTest('size', 'assert.ok(new Stack())'))
      all.project.write('src/stack.js', DONE)
      return green(all)
    },
    /tests\/size\.test\.js was changed.*Restore the tests/,
  ],
  nothing_changed: [async () => green(await atRed()), /Write the code for T001/],
  settings_changed: [
    async () => {
      const all = await atRed()
      all.project.write('redgreen.config.json', '{"limits":{"fullRuns":99}}')
      all.project.write('src/stack.js', DONE)
      return green(all)
    },
    /redgreen approve/,
  ],
  suite_fails: [
    async () => {
      const all = await atGreen({
        'tests/other.test.js': nodeTest('other', 'assert.equal(new Stack().size, undefined)'),
      })
      return all.call('mark_complete', { task: 'T001' })
    },
    /1 failure in the full suite: "tests\/other\.test\.js > other"\..*not marked.*call mark_complete with task T001 again/s,
  ],
  lint_fails: [
    async () => {
      const lint = [process.execPath, '-e', 'console.log("unused x"); process.exit(1)']
      const all = await atGreen(settings({ commands: { lint } }))
      return all.call('mark_complete', { task: 'T001' })
    },
    /linter.*not marked.*unused x/s,
  ],
  file_missing: [
    async () => {
      const { call } = await openSession('## Setup\n- [ ] T001 Create notes.txt\n')
      await call('next_task')
      return call('record_green', { task: 'T001' })
    },
    /notes\.txt.*missing or empty.*redgreen waive T001/,
  ],
  check_fails: [
    async () => {
      const checks = { build: [process.execPath, '-e', 'process.exit(3)'] }
      const { call } = await openSession(
        '## Setup\n- [ ] T001 Configure the build\n',
        settings({ checks }),
      )
      await call('next_task')
      return call('record_green', { task: 'T001', check: 'build' })
    },
    /exit code 3.*call record_green with task T001 again/s,
  ],
  attempts_used_up: [
    async () => {
      const { call, project } = await openSession(
        '## Setup\n- [ ] T001 Create notes.txt\n',
        settings({ limits: { validationAttempts: 1 } }),
      )
      await call('next_task')
      project.write('notes.txt', 'x')
      await call('record_green', { task: 'T001' })
      await call('mark_complete', { task: 'T001' })
      expect((await call('run_validation')).data).toMatchObject({ passed: false, attemptsLeft: 0 })
      return call('run_validation')
    },
    /Show a human the report.*redgreen allow-run/,
  ],
  no_command: [
    async () => {
      const all = await started(SIZE.replaceAll('node:test', './own-runner.js'), {
        'package.json': '{"type":"module"}',
      })
      return red(all)
    },
    /commands\.tests\.framework/,
  ],
  ledger_broken: [
    async () => {
      const { call, project } = await openSession('## Setup\n- [ ] T001 Create notes.txt\n')
      await call('next_task')
      const folder = path.join(project.root, '.redgreen/ledger/001-stack')
      for (const name of readdirSync(folder))
        appendFileSync(path.join(folder, name), '{"forged":1}\n')
      project.write('notes.txt', 'x')
      return call('record_green', { task: 'T001' })
    },
    /line 2.*restore/,
  ],
  store_unreachable: [
    async () => {
      const { call, project } = await openSession()
      const shared = { store: 'git', remote: path.join(project.root, 'gone.git') }
      project.write('redgreen.config.json', JSON.stringify({ shared }))
      return call('next_task')
    },
    /cannot be used: .*Nothing was recorded/,
  ],
  locked: [
    async () => {
      const { call, project } = await openSession()
      const local = path.join(project.root, '.git/redgreen/root')
      mkdirSync(local, { recursive: true })
      const release = await lock(local, { realpath: false, lockfilePath: path.join(local, 'lock') })
      try {
        return await call('next_task')
      } finally {
        await release()
      }
    },
    /Call the tool again/,
  ],
  conflict: [
    async () => {
      // A human rewrites the task while the server works on it.
      const rewrite = `const fs = require('fs'); fs.writeFileSync('${TASKS}', fs.readFileSync('${TASKS}', 'utf8').replace('size in', 'size and depth in'))`
      const all = await atGreen(settings({ commands: { lint: [process.execPath, '-e', rewrite] } }))
      return all.call('mark_complete', { task: 'T001' })
    },
    /line 2: T001 was rewritten.*so it was not marked/,
  ],
  bad_arguments: [
    async () => (await openSession()).call('next_task', { tsak: 'T001' }),
    /There is no argument tsak; the arguments are task, feature\. Nothing was done/,
  ],
}

describe('a refusal', () => {
  for (const code of refusalCodes) {
    const [call, remedy] = REFUSED[code]
    it(`has the code [${code}], the fact, and the step that helps`, async () => {
      const answer = await call()
      expect(answer.code).toBe(code)
      expect(answer.text).toMatch(new RegExp(`^\\[${code}\\] `))
      expect(answer.text).toMatch(remedy)
      expect(answer.text.split('Output:')[0]).not.toMatch(/\bplease\b|sorry|\n\s+at /i)
      expect(answer.data).toEqual({})
    })
  }

  it('does not change the plan', async () => {
    const all = await started(nodeTest('true', 'assert.ok(true)'))
    const before = all.project.read(TASKS)
    expect((await red(all)).code).toBe('red_passes')
    expect((await all.call('mark_complete', { task: 'T001' })).code).toBe('wrong_stage')
    expect(all.project.read(TASKS)).toBe(before)
  })
})
