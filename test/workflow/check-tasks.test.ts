import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { connect, type Assistant } from '../kit/assistant.ts'
import { runCommand } from '../kit/program.ts'
import { nodeTest, stackProject, type Project } from '../kit/project.ts'
import { someOf } from '../kit/slow.ts'

const SOURCE = { 'src/stack.js': 'export class Stack {}\n' }
const DOCS = { 'README.md': 'A stack.\n', 'docs/old.md': 'Old.\n' }

interface Session {
  project: Project
  call: Assistant['call']
}

async function open(tasks: string, more: Record<string, string> = {}): Promise<Session> {
  const project = stackProject(tasks, { ...SOURCE, ...DOCS, ...more })
  const { call } = await connect(project.root)
  return { project, call }
}

async function started(title: string, more: Record<string, string> = {}): Promise<Session> {
  const session = await open(`## Phase 1: Core\n- [ ] T001 ${title}\n`, more)
  await session.call('next_task')
  return session
}

const green = ({ call }: Session, more: object = {}, task = 'T001') =>
  call('record_green', { task, ...more })
const mark = ({ call }: Session, task = 'T001') => call('mark_complete', { task })

/** Records the GREEN and marks the task; returns its stage, or the refusal. */
async function finish(session: Session, task = 'T001'): Promise<unknown> {
  const recorded = await green(session, {}, task)
  if (recorded.code !== undefined) return recorded.text
  const marked = await mark(session, task)
  return marked.data['stage'] ?? marked.text
}

const replay = ({ project }: Session) => runCommand(project, ['verify', '--replay'])

describe('a check task that names a file is refused', () => {
  it.each(
    someOf(2, [
      ['Update README.md with the new API'],
      ['Document the API in README.md'],
      ['Write docs/old.md'],
      ['Add a changelog to README.md'],
      ['Update README.md as docs/old.md says'],
    ]),
  )('if the file did not change: %s', async title => {
    const session = await started(title)
    expect(await green(session)).toMatchObject({ code: 'nothing_changed' })
    session.project.write('README.md', 'A stack with a size.\n')
    session.project.write('docs/old.md', 'New.\n')
    expect(await finish(session)).toBe('done')
  })

  it.each(
    someOf(2, [
      ['white space', 'A  stack.\n\n'],
      ['a comment', 'A stack.\n<!-- size -->\n'],
      ['a placeholder', 'A stack.\n\n## TODO\n'],
    ]),
  )('if only %s changed in a document', async (_, text) => {
    const session = await started('Document the API in README.md')
    session.project.write('README.md', text)
    expect(await green(session)).toMatchObject({ code: 'nothing_changed' })
    session.project.write('README.md', 'A stack with a size.\n')
    expect(await finish(session)).toBe('done')
  })

  it('unless the task is about its form', async () => {
    const session = await started('Fix the indentation of README.md')
    session.project.write('README.md', '  A stack.\n')
    expect(await finish(session)).toBe('done')
  })

  it('if the new document says nothing yet', async () => {
    const session = await started('Create docs/api.md for the API')
    session.project.write('docs/api.md', '# TODO\n')
    const refused = await green(session)
    expect(refused).toMatchObject({ code: 'nothing_changed' })
    expect(refused.text).toContain('docs/api.md, which says nothing yet')
    session.project.write('docs/api.md', '# API\n\nA stack has a size.\n')
    expect(await finish(session)).toBe('done')
  })

  it('if the change is reverted after its GREEN', async () => {
    const session = await started('Update README.md with the new API')
    session.project.write('README.md', 'A stack with a size.\n')
    await green(session)
    session.project.write('README.md', 'A stack.\n')
    expect(await mark(session)).toMatchObject({ code: 'nothing_changed' })
  })

  it('if another task made the only change', async () => {
    const session = await open(
      '## Phase 1: Core\n- [ ] T001 Update README.md\n- [ ] T002 Update README.md with examples\n',
    )
    await session.call('next_task')
    session.project.write('README.md', 'A stack with a size.\n')
    expect(await finish(session)).toBe('done')
    await session.call('next_task')
    expect(await green(session, {}, 'T002')).toMatchObject({ code: 'nothing_changed' })
    session.project.write('README.md', 'A stack with a size, and examples.\n')
    expect(await finish(session, 'T002')).toBe('done')
  })

  it('if the file is a new empty document', async () => {
    const session = await started('Create docs/guide.md')
    session.project.write('docs/guide.md', '')
    expect(await green(session)).toMatchObject({ code: 'file_missing' })
  })

  it.each([['Remove the deprecated docs/old.md'], ['Move docs/old.md to docs/new.md']])(
    'if a file is still there: %s',
    async title => {
      const session = await started(title)
      session.project.write('docs/old.md', 'Deprecated.\n')
      session.project.write('docs/new.md', 'New.\n')
      expect(await green(session)).toMatchObject({
        code: 'nothing_changed',
        text: expect.stringContaining('still there'),
      })
      session.project.remove('docs/old.md')
      expect(await finish(session)).toBe('done')
      expect(replay(session)).toMatchObject({ status: 0 })
    },
  )
})

describe('a check task that names a file is done', () => {
  it.each(
    someOf(2, [
      ['Remove the badge from README.md', 'README.md'],
      ['Update README.md as docs/old.md says', 'README.md'],
      ['Rewrite the introduction (README.md)', 'README.md'],
      ['Write CHANGELOG.md', 'CHANGELOG.md'],
    ]),
  )('if the file was written: %s', async (title, file) => {
    const session = await started(title)
    session.project.write(file, 'What is new.\n')
    expect(await finish(session)).toBe('done')
  })

  it.each(
    someOf(2, [
      ['Create README.md if it does not exist'],
      ['Create README.md'],
      ['Remove docs/gone.md'],
    ]),
  )('if its words ask for what is there already: %s', async title => {
    expect(await finish(await started(title))).toBe('done')
  })

  it('if the file was written before the task was asked for', async () => {
    const session = await open(
      '## Phase 1: Core\n- [ ] T001 Write docs/new.md\n- [ ] T002 Update README.md\n',
    )
    await session.call('next_task')
    session.project.write('docs/new.md', 'New.\n')
    session.project.write('README.md', 'A stack with a size.\n')
    expect(await finish(session)).toBe('done')
    await session.call('next_task')
    expect(await finish(session, 'T002')).toBe('done')
  })

  it('if git ignores the file, which replay accepts too', async () => {
    const session = await started('Write notes.local.md', { '.gitignore': '*.local.md\n' })
    session.project.write('notes.local.md', 'Notes.\n')
    expect(await finish(session)).toBe('done')
    expect(replay(session)).toMatchObject({ status: 0 })
  })

  it.each(
    someOf(1, [
      ['Create tests/__init__.py', 'tests/__init__.py'],
      ['Create the folder assets/', 'assets/.gitkeep'],
    ]),
  )('if it is new and empty, which replay accepts too: %s', async (title, file) => {
    const session = await open(`## Setup\n- [ ] T001 ${title}\n`)
    await session.call('next_task')
    session.project.write(file, '')
    expect(await finish(session)).toBe('done')
    expect(replay(session)).toMatchObject({ status: 0 })
  })
})

describe('a check task that asks for a run', () => {
  const RED = { 'tests/size.test.js': nodeTest('size', 'assert.equal(new Stack().size, 0)') }
  const GREEN = { 'tests/size.test.js': nodeTest('size', 'assert.ok(new Stack())') }
  const script = (name: string, exitCode: number) => ({
    'package.json': JSON.stringify({
      name: 'stack',
      type: 'module',
      scripts: { test: 'node --test', [name]: `node -e "process.exit(${exitCode})"` },
    }),
  })

  it.each(
    someOf(1, [
      ['Run the full test suite and fix what fails'],
      ['Run all tests'],
      ['Run quickstart.md validation'],
    ]),
  )('is refused if the suite fails: %s', async title => {
    const session = await started(title)
    session.project.write('tests/size.test.js', RED['tests/size.test.js'])
    session.project.write('NOTES.md', 'All passed.\n')
    expect(await green(session)).toMatchObject({ code: 'suite_fails' })
    session.project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it.each(
    someOf(1, [
      ['Run the full test suite and fix what fails'],
      ['Verify that all unit tests pass'],
      ['Run quickstart.md validation'],
    ]),
  )('is done if the suite passes and nothing had to be changed: %s', async title => {
    const session = await started(title, GREEN)
    expect(await finish(session)).toBe('done')
    expect(replay(session)).toMatchObject({ status: 0 })
  })

  it.each(someOf(1, [['Commit and push'], ['Deploy to production'], ['Release v1.2.0']]))(
    'and delivers what was built needs a suite that passes: %s',
    async title => {
      const session = await started(title, GREEN)
      session.project.write('tests/more.test.js', RED['tests/size.test.js'])
      expect(await green(session)).toMatchObject({ code: 'suite_fails' })
      session.project.remove('tests/more.test.js')
      expect((await green(session)).data).toMatchObject({ stage: 'green' })
      session.project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
      expect(await mark(session)).toMatchObject({ code: 'untested_change' })
    },
  )

  it('is refused if no test ran, until there is one', async () => {
    const skipped = nodeTest('size', '').replace("test('size',", "test.skip('size',")
    const session = await started('Run the full test suite', { 'tests/size.test.js': skipped })
    expect(await green(session)).toMatchObject({ code: 'no_tests_ran' })
    session.project.write('tests/size.test.js', GREEN['tests/size.test.js'])
    expect((await green(session)).data).toMatchObject({ stage: 'green' })
  })

  it('counts failures from before the feature if its words ask that the tests pass', async () => {
    const strict = await started('Run the full test suite and fix what fails', RED)
    expect(await green(strict)).toMatchObject({
      code: 'suite_fails',
      text: expect.stringContaining('from before this feature'),
    })
    strict.project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect((await green(strict)).data).toMatchObject({ stage: 'green' })
    expect(await finish(await started('Run all tests', RED))).toBe('done')
  })

  it('does not run the suite twice on the same files', async () => {
    const session = await open(
      '## Phase 1: Core\n- [ ] T001 Run all tests\n- [ ] T002 Verify all tests pass\n',
      GREEN,
    )
    await session.call('next_task')
    expect(await finish(session)).toBe('done')
    await session.call('next_task')
    await green(session, {}, 'T002')
    expect((await mark(session, 'T002')).data).toMatchObject({ suite: { runsLeft: 2 } })
  })

  it.each(
    someOf(1, [
      ['Run the production build', 'build'],
      ['Run npm run check:all', 'check:all'],
      ['Run the linter', 'lint'],
    ]),
  )('runs a script of the project: %s', async (title, name) => {
    const failing = await started(title, script(name, 1))
    failing.project.write('NOTES.md', 'It passes.\n')
    expect(await green(failing)).toMatchObject({ code: 'check_fails' })
    expect(await finish(await started(title, script(name, 0)))).toBe('done')
  })

  it('needs a human if there is no command for it', async () => {
    const session = await started('Run the production build')
    session.project.write('NOTES.md', 'It passes.\n')
    expect(await green(session)).toMatchObject({
      code: 'no_command',
      text: expect.stringContaining('redgreen waive T001'),
    })
  })

  it('may name a check of the settings instead', async () => {
    const argv = [process.execPath, '-e', '0']
    const session = await started('Run the production build', {
      'redgreen.config.json': JSON.stringify({ checks: { bundle: argv } }),
    })
    expect(await green(session)).toMatchObject({
      code: 'no_command',
      text: expect.stringContaining('bundle'),
    })
    expect((await green(session, { check: 'bundle' })).data).toMatchObject({ stage: 'green' })
  })

  it('may write what it found into the file that it names', async () => {
    const session = await started('Measure startup time and record it in docs/old.md')
    expect(await green(session)).toMatchObject({ code: 'nothing_changed' })
    session.project.write('docs/old.md', '120 ms\n')
    expect(await finish(session)).toBe('done')
  })
})

it('a project without a repository has no snapshots, and its check tasks work', async () => {
  const { project, call } = await started('Update README.md')
  execFileSync('rm', ['-rf', `${project.root}/.git`])
  project.write('README.md', 'A stack with a size.\n')
  expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
})

describe('a check task that changes code', () => {
  const SIZE_TEST = nodeTest('size', 'assert.equal(new Stack().size, 0)')
  const PASSING = "import test from 'node:test'\ntest('more', () => {})\n"
  const WITH_SIZE = 'export class Stack {\n  size = 0\n}\n'

  async function documented(more: Record<string, string>): Promise<Session> {
    const session = await started('Update README.md', more)
    session.project.write('README.md', 'A stack with more.\n')
    return session
  }

  it.each([
    ['never runs', 'docs/never.txt', ''],
    ['is empty', 'tests/more.test.js', ''],
    ['is skipped', 'tests/more.test.js', PASSING.replace("'more',", "'more', { skip: true },")],
  ])('is refused if its test %s', async (_how, file, text) => {
    const session = await documented({})
    session.project.write('src/more.js', 'export const more = 1\n')
    session.project.write(file, text)
    await green(session)
    expect(await mark(session)).toMatchObject({ code: 'untested_change' })
  })

  it('is refused if its test fails', async () => {
    const session = await documented({})
    session.project.write('src/more.js', 'export const more = 1\n')
    session.project.write('tests/more.test.js', PASSING.replace('{})', "{ throw Error('no') })"))
    await green(session)
    expect(await mark(session)).toMatchObject({ code: 'suite_fails' })
  })

  it('is refused if it breaks another test, even with a test of its own', async () => {
    const session = await documented({ 'src/stack.js': WITH_SIZE, 'tests/size.test.js': SIZE_TEST })
    session.project.write('src/stack.js', 'export class Stack {}\n')
    session.project.write('tests/more.test.js', PASSING)
    await green(session)
    expect(await mark(session)).toMatchObject({ code: 'suite_fails' })
    session.project.write('src/stack.js', `${WITH_SIZE}\n// More.\n`)
    await green(session)
    expect((await mark(session)).data).toMatchObject({ stage: 'done', suite: { ran: 'full' } })
  })

  it('is done with a test that passes', async () => {
    const session = await documented({})
    session.project.write('src/more.js', 'export const more = 1\n')
    session.project.write('tests/more.test.js', PASSING)
    expect(await finish(session)).toBe('done')
  })

  it('needs no suite where no test exists yet', async () => {
    const session = await started('Initialize the project in package.json')
    session.project.write('src/index.js', 'export {}\n')
    session.project.write('package.json', session.project.read('package.json').replace('{', '{ '))
    expect(await green(session)).toMatchObject({ code: undefined })
    expect((await mark(session)).data).toMatchObject({ stage: 'done', suite: { ran: 'none' } })
  })
})
