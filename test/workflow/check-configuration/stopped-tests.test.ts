import { describe, expect, it } from 'vitest'
import { approve } from '../../../src/workflow/human/approve.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { startTask, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { nodeTest, type Project } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const OLD = 'tests/old.test.js'
const DEPTH = nodeTest('depth', 'assert.equal(new Stack().depth, 1)')
const MANIFEST = {
  name: 'stack',
  type: 'module',
  scripts: { test: 'node --test' },
}
const GOOD = 'export class Stack {\n  depth = 1\n  size = 0\n}\n'
/** Breaks the old test. */
const BAD = 'export class Stack {\n  size = 0\n}\n'

interface Session {
  project: Project
  call: Assistant['call']
}

async function atGreen(
  code = GOOD,
  beforeRed: (project: Project) => void = () => undefined,
): Promise<Session> {
  const { project, call } = await startTask(PLAN, {
    'package.json': JSON.stringify(MANIFEST),
    'src/stack.js': 'export class Stack {\n  depth = 1\n}\n',
    [OLD]: `${DEPTH}test('other', () => {})\n`,
  })
  project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  beforeRed(project)
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', code)
  expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  return { project, call }
}

const done = ({ call }: Session) => call('mark_complete', { task: 'T001' })

describe('a test that ran at the start of the feature and does not run now', () => {
  it.each<[string, (project: Project) => void, string, number]>([
    ['its file was deleted', project => project.remove(OLD), 'its file was deleted', 2],
    [
      'it is skipped',
      project => project.write(OLD, DEPTH.replace("test('depth'", "test.skip('depth'")),
      'it is skipped',
      2,
    ],
    ['it was removed', project => project.write(OLD, DEPTH), 'it was removed or renamed', 1],
  ])('is named with the cause, and counted: %s', async (_how, change, cause, count) => {
    const session = await atGreen()
    change(session.project)
    const { code, text } = await done(session)
    expect(code).toBeUndefined()
    const named = `Ran at the start of the feature and does not run now (${cause})`
    expect(text).toContain(named)
    expect((await session.call('run_validation')).text).toContain(named)
    expect(session.project.read('.redgreen/reports/001-stack.md')).toContain(named)
    const [verified] = await verify(callAt(session.project.root))
    expect(verified).toMatchObject({ passed: true, stopped: count })
    expect(verified?.notes.join('\n')).toContain(named)
    expect(verified?.evidence).toContainEqual(
      expect.objectContaining({ class: 'tests-stopped', count }),
    )
  })

  it('is named if the configuration left it out before the RED', async () => {
    const scripts = { test: `node --test ${TEST}` }
    const session = await atGreen(GOOD, project =>
      project.write('package.json', JSON.stringify({ ...MANIFEST, scripts })),
    )
    const { code, text } = await done(session)
    expect(code).toBeUndefined()
    expect(text).toContain('package.json#scripts.test')
    expect(text).toMatch(/Ran at the start of the feature and does not run now \(.*package\.json#/)
    const [verified] = await verify(callAt(session.project.root))
    expect(verified).toMatchObject({ stopped: 2 })
  })

  it('is not meant by a file that was renamed or moved, or that got more tests', async () => {
    const session = await atGreen()
    const { project } = session
    project.write('tests/unit/depth.test.js', project.read(OLD).replace('../src', '../../src'))
    project.remove(OLD)
    const { code, text } = await done(session)
    expect(code).toBeUndefined()
    expect(text).not.toContain('does not run now')
    expect(await verify(callAt(project.root))).toMatchObject([{ passed: true, stopped: 0 }])
  })
})

describe('a test that failed in the suite of a task', () => {
  it.each<[string, (project: Project) => void]>([
    ['deleted', project => project.remove(OLD)],
    ['skipped', project => project.write(OLD, DEPTH.replace("test('depth'", "test.skip('depth'"))],
  ])('cannot be %s by it, unless a human agrees', async (_how, change) => {
    const session = await atGreen(BAD)
    expect(await done(session)).toMatchObject({ code: 'suite_fails' })
    change(session.project)
    expect(await done(session)).toMatchObject({
      code: 'suite_fails',
      text: expect.stringContaining('redgreen approve'),
    })
    const call = callAt(session.project.root)
    const human = {
      channel: 'terminal' as const,
      confirm: () => Promise.resolve(true),
      confirmEach: () => Promise.resolve([]),
    }
    await approve({ ...call, frontend: { ...call.frontend, human } })
    expect(await done(session)).toMatchObject({ code: undefined })
  })

  it('may be adapted to the new requirement', async () => {
    const session = await atGreen(BAD)
    expect(await done(session)).toMatchObject({ code: 'suite_fails' })
    const adapted = DEPTH.replace('depth, 1', 'depth, undefined')
    session.project.write(OLD, `${adapted}test('other', () => {})\n`)
    expect(await done(session)).toMatchObject({ code: undefined })
  })
})

describe('a proof by a test command of the settings', () => {
  it.each([
    ['a report', ['node', '--test', '--test-reporter=tap', '{files}'], 'tap', 0],
    ['an exit code alone', ['node', '--test', '{files}'], 'exit-code', 1],
  ])('is named in each answer and counted: %s', async (_what, file, report, exitCodes) => {
    const { project, call } = await startTask(PLAN, {
      'src/stack.js': 'export class Stack {}\n',
      'redgreen.config.json': JSON.stringify({ commands: { tests: { file, report } } }),
    })
    project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const red = await call('record_red', { task: 'T001', tests: [TEST] })
    expect(red.text).toContain('The tests ran with the command of redgreen.config.json')
    project.write('src/stack.js', BAD)
    await call('record_green', { task: 'T001' })
    const named = 'Proven by a test command of redgreen.config.json: T001'
    expect((await call('mark_complete', { task: 'T001' })).text).toContain(named)
    expect((await call('run_validation')).text).toContain(named)
    const [verified] = await verify(callAt(project.root))
    expect(verified).toMatchObject({ settingsCommand: 1, exitCodeOnly: exitCodes })
  })
})
