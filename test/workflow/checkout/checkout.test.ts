import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { makeProject, nodeTest, stackProject, type Project } from '../../kit/project.ts'
import { temporaryFolder } from '../../runner/project.ts'

const ONE = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'
const COVER = `## Phase 1: Core
- [ ] T001 size in src/stack.js

## Phase 2: Polish
- [ ] T002 Unit tests for push in tests/push.test.js
`
const STUB = 'export class Stack {}\n'
const DONE = 'export class Stack {\n  size = 0\n}\n'
const TEST = 'tests/size.test.js'
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')

interface Session {
  project: Project
  call: Assistant['call']
}

async function startTask(
  tasks = ONE,
  more: Record<string, string> = {},
  options = {},
): Promise<Session> {
  const project = stackProject(tasks, { 'src/stack.js': STUB, ...more }, options)
  const { call } = await connect(project.root)
  await call('next_task')
  return { project, call }
}

const red = ({ call }: Session, input: object = {}) =>
  call('record_red', { task: 'T001', tests: [TEST], ...input })
const green = ({ call }: Session, task = 'T001') => call('record_green', { task })
const mark = ({ call }: Session, task = 'T001') => call('mark_complete', { task })

async function atRed(tasks = ONE, more: Record<string, string> = {}): Promise<Session> {
  const all = await startTask(tasks, more)
  all.project.write(TEST, SIZE)
  expect(await red(all)).toMatchObject({ code: undefined })
  all.project.write('src/stack.js', DONE)
  return all
}

const ledger = (root: string): Record<string, unknown>[] => {
  const folder = path.join(root, '.redgreen/ledger/001-stack')
  const read = (name: string) =>
    execFileSync('cat', [path.join(folder, name)], { encoding: 'utf8' })
  return readdirSync(folder).flatMap(name =>
    read(name)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  )
}

describe('a test that was changed after its RED', () => {
  it('is recorded as RED again if it fails on the sources of RED', async () => {
    const all = await atRed()
    all.project.write(TEST, `// tidied\n${SIZE.replace('size, 0)', "size, 0, 'empty')")}`)
    expect(await green(all)).toMatchObject({ code: undefined, data: { stage: 'green' } })
    expect(ledger(all.project.root).map(({ kind, checkout }) => checkout ?? kind)).toEqual([
      'start',
      'red',
      'tests-changed',
      'green',
      'mutation',
    ])
    expect((await mark(all)).data).toMatchObject({ stage: 'done' })
    expect(all.project.read('src/stack.js')).toBe(DONE)
  })

  it('is recorded so after its GREEN too, and must pass again before the task is marked', async () => {
    const all = await atRed()
    await green(all)
    all.project.write(TEST, SIZE.replace('size, 0)', "size, 0, 'empty')"))
    expect((await mark(all)).data).toMatchObject({ stage: 'done' })
    const kinds = ledger(all.project.root).map(({ kind, checkout }) => checkout ?? kind)
    expect(kinds.slice(2, 6)).toEqual(['green', 'mutation', 'tests-changed', 'green'])
  })

  it.each([
    ['asserts nothing', SIZE.replace('.size, 0', ', new Stack()').replace('equal', 'ok')],
    [
      'asserts what existed before',
      SIZE.replace('new Stack().size, 0', 'typeof Stack, "function"'),
    ],
  ])('is refused if it %s', async (_what, weak) => {
    const all = await atRed()
    all.project.write(TEST, weak)
    expect(await green(all)).toMatchObject({
      code: 'tests_changed',
      text: expect.stringMatching(/was changed since.*now pass without the new code/),
    })
    expect(ledger(all.project.root).at(-1)).toMatchObject({ kind: 'red' })
  })

  it.each([
    ['tests_missing', SIZE.replaceAll("'size'", "'other'")],
    ['skipped', SIZE.replace("test('size', ", "test.skip('size', ")],
    ['tests_changed', SIZE.replace('../src/stack.js', '../src/later.js')],
  ])('is refused with %s if the red test is not there to fail', async (code, text) => {
    const all = await atRed()
    all.project.write('src/later.js', DONE)
    all.project.write(TEST, text)
    expect(await green(all)).toMatchObject({ code })
  })

  it('runs with the earlier dependencies if a command installs them', async () => {
    const install =
      "mkdirSync('node_modules/dep', { recursive: true })\nwriteFileSync('node_modules/dep/index.js', 'exports.zero = 0')\n"
    const all = await startTask(ONE, {
      'redgreen.config.json': JSON.stringify({ commands: { prepare: ['node', 'install.mjs'] } }),
      'install.mjs': `import { mkdirSync, writeFileSync } from 'node:fs'\n${install}`,
      'package-lock.json': '{}',
      '.gitignore': 'node_modules\n',
      'node_modules/dep/index.js': 'exports.zero = 0',
    })
    const test = `import { zero } from 'dep'\n${SIZE.replace('0)', 'zero)')}`
    all.project.write(TEST, test)
    await red(all)
    all.project.write('src/stack.js', DONE)
    all.project.write('package-lock.json', '{"other":1}')
    all.project.write(TEST, `// tidied\n${test}`)
    expect(await green(all)).toMatchObject({ code: undefined, data: { stage: 'green' } })
  })

  it('is refused with tests_missing if its file is deleted', async () => {
    const all = await atRed()
    all.project.remove(TEST)
    expect(await green(all)).toMatchObject({ code: 'tests_missing' })
  })

  it('is refused if there is no git repository with the earlier sources', async () => {
    const all = await startTask(ONE, {}, { git: false })
    all.project.write(TEST, SIZE)
    await red(all)
    all.project.write('src/stack.js', DONE)
    all.project.write(TEST, `// tidied\n${SIZE}`)
    expect(await green(all)).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining('git has no snapshot of its sources'),
    })
  })

  it('leaves no checkout behind', async () => {
    const temporary = makeProject({}, { git: false }).root
    const project = stackProject(ONE, { 'src/stack.js': STUB })
    const { call } = await connect(project.root, { env: { TMPDIR: temporary } })
    const all = { project, call }
    await call('next_task')
    project.write(TEST, SIZE)
    await red(all)
    project.write('src/stack.js', DONE)
    project.write(TEST, `// tidied\n${SIZE}`)
    const whileItRan = new Set<string>()
    const watcher = watch(temporary, (_event, name) => whileItRan.add(name ?? ''))
    expect(await green(all)).toMatchObject({ code: undefined })
    watcher.close()
    const checkout = /^redgreen-checkout-/
    expect([...whileItRan].some(name => checkout.test(name))).toBe(true)
    expect(readdirSync(temporary).filter(name => checkout.test(name))).toEqual([])
  })
})

describe('a retroactive RED', () => {
  it('runs with the sources restored to the start of the task', async () => {
    const all = await startTask()
    all.project.write('src/stack.js', DONE)
    all.project.write(TEST, SIZE)
    expect(await red(all)).toMatchObject({ code: 'red_passes' })
    expect((await red(all, { late: true })).data).toMatchObject({
      stage: 'red',
      checkout: 'late',
      tests: [{ id: `${TEST} > size`, outcome: 'failed' }],
    })
    expect(all.project.read('src/stack.js')).toBe(DONE)
    expect((await green(all)).data).toMatchObject({ stage: 'green' })
    expect((await mark(all)).data).toMatchObject({ stage: 'done' })
  })

  it('counts each test as failed if its module did not exist', async () => {
    const all = await startTask()
    all.project.write('src/queue.js', 'export const length = 0\n')
    all.project.write(
      TEST,
      nodeTest('length', 'assert.equal(length, 0)').replace(
        'import test',
        "import { length } from '../src/queue.js'\nimport test",
      ),
    )
    expect((await red(all, { late: true })).data).toMatchObject({
      tests: [{ id: `${TEST} > length`, outcome: 'failed' }],
    })
    expect((await green(all)).data).toMatchObject({ stage: 'green' })
  })

  it('covers code of an earlier task of the feature', async () => {
    const all = await atRed(COVER)
    all.project.write(
      'src/stack.js',
      'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n',
    )
    await green(all)
    await mark(all)
    const { data } = await all.call('next_task')
    expect(data).toMatchObject({ task: { kind: 'cover' }, next: { arguments: { late: true } } })
    all.project.write('tests/push.test.js', nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
    const input = { task: 'T002', tests: ['tests/push.test.js'], late: true }
    const early = await all.call('record_red', { ...input, late: false })
    expect(early.code).toBe('red_passes')
    expect(early.text).toContain(
      'where they have to fail: call record_red with task T002 and tests tests/push.test.js and late: true.',
    )
    expect(early.text).not.toMatch(/proves nothing|missing behaviour/)
    expect((await all.call('record_red', input)).data).toMatchObject({
      stage: 'red',
      checkout: 'late',
    })
    expect((await green(all, 'T002')).data).toMatchObject({ stage: 'green' })
    expect((await mark(all, 'T002')).data).toMatchObject({ stage: 'done' })
  })

  it('is refused if the test also passes without the code', async () => {
    const all = await startTask()
    all.project.write('src/stack.js', DONE)
    all.project.write(TEST, nodeTest('class', 'assert.ok(new Stack())'))
    expect(await red(all, { late: true })).toMatchObject({
      code: 'red_passes',
      text: expect.stringContaining('the sources from before the work'),
    })
  })
})

describe('a test of the suite that failed before the feature', () => {
  const OLD = { 'tests/old.test.js': nodeTest('old', 'assert.equal(1, 2)') }

  it('does not block the task, and the answer names it', async () => {
    const all = await atRed(ONE, OLD)
    await green(all)
    expect((await mark(all)).data).toMatchObject({
      stage: 'done',
      messages: expect.arrayContaining([expect.stringMatching(/before this feature.*old/)]),
    })
    expect(ledger(all.project.root)).toContainEqual(
      expect.objectContaining({ kind: 'baseline', failing: ['tests/old.test.js > old'] }),
    )
    expect((await all.call('run_validation')).data).toMatchObject({ passed: true })
  })

  it('blocks the task if the work broke it', async () => {
    const passing = nodeTest('old', 'assert.equal(new Stack().depth, undefined)')
    const all = await atRed(ONE, { 'tests/old.test.js': passing })
    all.project.write('src/stack.js', 'export class Stack {\n  size = 0\n  depth = 1\n}\n')
    await green(all)
    expect(await mark(all)).toMatchObject({ code: 'suite_fails' })
  })

  it('does not block the task if what it needs went away since it passed there', async () => {
    const service = path.join(temporaryFolder(), 'service')
    writeFileSync(service, '')
    const old = nodeTest('depth', 'assert.equal(new Stack().depth, undefined)').concat(
      `import { existsSync } from 'node:fs'\ntest('service', () => assert.ok(existsSync('${service}')))\n`,
    )
    const all = await atRed(ONE, { 'tests/old.test.js': old })
    all.project.write('src/stack.js', 'export class Stack {\n  size = 0\n  depth = 1\n}\n')
    await green(all)
    expect(await mark(all)).toMatchObject({ code: 'suite_fails' })
    all.project.write('src/stack.js', DONE)
    rmSync(service)
    expect(await mark(all)).toMatchObject({ code: undefined, data: { stage: 'done' } })
  })

  it('blocks the task if it now fails for another reason', async () => {
    const broken = nodeTest('old', "assert.equal(new Stack().depth, 'deep')\n  assert.ok(false)")
    const all = await atRed(ONE, { 'tests/old.test.js': broken })
    const moved = "export class Stack {\n  size = 0\n  get depth() { throw new Error('no') }\n}\n"
    all.project.write('src/stack.js', moved)
    await green(all)
    expect(await mark(all)).toMatchObject({ code: 'suite_fails' })
  })

  it('blocks the task if there is no git repository with the earlier sources', async () => {
    const all = await startTask(ONE, OLD, { git: false })
    all.project.write(TEST, SIZE)
    await red(all)
    all.project.write('src/stack.js', DONE)
    await green(all)
    expect(await mark(all)).toMatchObject({ code: 'suite_fails' })
  })
})

describe('another clone', () => {
  it('continues a task if it has the snapshots of the first clone', async () => {
    const all = await atRed()
    all.project.remove('.redgreen/local')
    all.project.remove('.git/redgreen')
    const { call } = await connect(all.project.root)
    expect((await call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { stage: 'red' },
    })
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
  })

  it('starts a task again without them', async () => {
    const all = await atRed()
    all.project.remove('.redgreen/local')
    all.project.remove('.git/redgreen')
    all.project.remove('.git')
    const { call } = await connect(all.project.root)
    expect((await call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { stage: 'todo' },
    })
  })
})

describe('work that needs no test', () => {
  const SETUP = (title: string) => `## Phase 1: Setup\n- [ ] T001 ${title}\n`

  it.each([
    ['Create README.md', { 'README.md': 'x', 'docs/a.md': 'x', 'vite.config.js': 'x' }],
    ['Create README.md and src/main.js', { 'README.md': 'x', 'src/main.js': 'x' }],
    ['Initialize the project in package.json', { 'package.json': '{}', 'src/app.js': 'x' }],
  ])('is done without one: %s', async (title, files) => {
    const all = await startTask(SETUP(title))
    for (const [file, text] of Object.entries(files)) all.project.write(file, text)
    await green(all)
    expect((await mark(all)).data).toMatchObject({ stage: 'done' })
  })
})

describe('a retroactive RED is refused', () => {
  it('if its test fails in the checkout for another reason', async () => {
    const all = await startTask(ONE, { '.gitignore': 'secret.bin\n' })
    // Too large to be linked: it exists in the workspace, but not in the checkout.
    all.project.write('secret.bin', 'x'.repeat(1_100_000))
    all.project.write('src/stack.js', DONE)
    const read = "import { statSync } from 'node:fs'\n"
    all.project.write(TEST, read + nodeTest('there', "assert.ok(statSync('secret.bin').size)"))
    expect(await red(all, { late: true })).toMatchObject({
      code: 'green_fails',
      text: expect.stringContaining('pass here, but not in a checkout of the current files'),
    })
  })

  it('if its test is a copy of the proof of another task', async () => {
    const all = await atRed(
      '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n',
    )
    await green(all)
    await mark(all)
    await all.call('next_task')
    all.project.write('tests/push.test.js', `// of T002\n${SIZE}`)
    const input = { task: 'T002', tests: ['tests/push.test.js'], late: true }
    expect(await all.call('record_red', input)).toMatchObject({ code: 'red_not_new' })
  })
})

describe('the proof of a task', () => {
  const TWO = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'

  it('cannot be removed by the next task', async () => {
    const all = await atRed(TWO)
    await green(all)
    await mark(all)
    await all.call('next_task')
    all.project.write(TEST, nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
    await all.call('record_red', { task: 'T002', tests: [TEST] })
    all.project.write('src/stack.js', 'export class Stack {\n  push() { return 1 }\n}\n')
    await green(all, 'T002')
    expect(await mark(all, 'T002')).toMatchObject({
      code: 'suite_fails',
      text: expect.stringContaining('was green, and did not run'),
    })
  })

  it('must stay green even if the test failed before the feature', async () => {
    const broken = nodeTest('old', 'assert.equal(new Stack().depth, 1)')
    const all = await startTask(TWO, { 'tests/old.test.js': broken })
    all.project.write(TEST, SIZE)
    all.project.write('tests/old.test.js', `// fixed by T001\n${broken}`)
    await red(all, { tests: [TEST, 'tests/old.test.js'] })
    all.project.write('src/stack.js', 'export class Stack {\n  size = 0\n  depth = 1\n}\n')
    await green(all)
    await mark(all)
    await all.call('next_task')
    all.project.write('tests/push.test.js', nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
    await all.call('record_red', { task: 'T002', tests: ['tests/push.test.js'] })
    all.project.write(
      'src/stack.js',
      'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n',
    )
    await green(all, 'T002')
    expect(await mark(all, 'T002')).toMatchObject({ code: 'suite_fails' })
  })
})

describe('a file that tests share', () => {
  it('cannot be changed after RED to make the test pass', async () => {
    const all = await startTask()
    // Like conftest.py: a file beside a test is loaded although no changed file names it.
    all.project.write(TEST, `await import('./setup.js').catch(() => undefined)\n${SIZE}`)
    expect(await red(all)).toMatchObject({ code: undefined })
    all.project.write('src/stack.js', 'export class Stack {}\n// nothing\n')
    all.project.write(
      'tests/setup.js',
      "import { Stack } from '../src/stack.js'\nStack.prototype.size = 0\n",
    )
    expect(await green(all)).toMatchObject({ code: 'tests_changed' })
  })
})

describe('a gate does not depend on files that can be deleted', () => {
  it('untested changes are found without the notes of this clone', async () => {
    const all = await startTask('## Setup\n- [ ] T001 Create notes.txt\n')
    all.project.write('notes.txt', 'x')
    all.project.write('src/stack.js', DONE)
    await green(all)
    all.project.remove('.redgreen/local/trees')
    expect(await mark(all)).toMatchObject({ code: 'untested_change' })
  })
})
