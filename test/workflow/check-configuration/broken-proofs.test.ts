import { describe, expect, it } from 'vitest'
import { approve } from '../../../src/workflow/human/approve.ts'
import { startTask, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { nodeTest, type Project } from '../../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 push in src/stack.js\n'
const TEST = 'tests/size.test.js'
const PUSH = 'tests/push.test.js'
const BOTH = 'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n'
/** The code of T002 breaks T001. */
const BROKEN = BOTH.replace('size = 0', 'size = 7')

interface Session {
  project: Project
  call: Assistant['call']
}

/** T001 is done with a test that reads this file, and T002 is red. */
async function atSecondRed(file: string): Promise<Session> {
  const { project, call } = await startTask(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
  project.write(file, '{"size":0}')
  const wanted = `JSON.parse(readFileSync('${file}', 'utf8')).size`
  const head = "import { readFileSync } from 'node:fs'\n"
  project.write(TEST, head + nodeTest('size', `assert.equal(new Stack().size, ${wanted})`))
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T001' })
  expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
  await call('next_task')
  project.write(PUSH, nodeTest('push', 'assert.equal(new Stack().push(), 1)'))
  await call('record_red', { task: 'T002', tests: [PUSH] })
  return { project, call }
}

async function finish({ project, call }: Session, code: string) {
  project.write('src/stack.js', code)
  await call('record_green', { task: 'T002' })
  return call('mark_complete', { task: 'T002' })
}

const FILES = [
  'tests/fixtures/want.json',
  'tests/__snapshots__/size.test.js.snap',
  'src/__snapshots__/size.json',
  'golden/size.golden',
  'e2e/size.spec.js-snapshots/size.json',
]

describe('a file that an earlier test reads', () => {
  it.each(FILES)('is no way to let broken code pass: %s', async file => {
    const session = await atSecondRed(file)
    session.project.write(file, '{"size":7}')
    const refused = await finish(session, BROKEN)
    expect(refused).toMatchObject({ code: 'tests_changed' })
    expect(refused.text).toContain(`${file} changed`)
    expect(refused.text).toContain(`T001 "${TEST} > size"`)
    session.project.write(file, '{"size":0}')
    expect(await finish(session, BOTH)).toMatchObject({ code: undefined })
  })

  it('may be formatted, and get more content', async () => {
    const [file = ''] = FILES
    const session = await atSecondRed(file)
    session.project.write(file, '{\n  "size": 0,\n  "depth": 3\n}\n')
    expect(await finish(session, BOTH)).toMatchObject({ code: undefined })
    expect((await session.call('run_validation')).data).toMatchObject({ passed: true })
  })

  it('may change with a requirement that the later task saw fail first', async () => {
    const [file = ''] = FILES
    const session = await atSecondRed(file)
    session.project.write(file, '{"size":7}')
    const tests = [PUSH, TEST]
    expect(await session.call('record_red', { task: 'T002', tests })).toMatchObject({
      code: undefined,
    })
    expect(await finish(session, BROKEN)).toMatchObject({ code: undefined })
    expect((await session.call('run_validation')).data).toMatchObject({ passed: true })
  })

  it('may change with a requirement whose code is there already', async () => {
    const [file = ''] = FILES
    const session = await atSecondRed(file)
    session.project.write(file, '{"size":7}')
    const refused = await finish(session, BROKEN)
    expect(refused).toMatchObject({
      code: 'tests_changed',
      text: expect.stringContaining('late'),
    })
    const tests = [PUSH, TEST]
    const red = await session.call('record_red', { task: 'T002', tests, late: true })
    expect(red).toMatchObject({ code: undefined })
    expect(await finish(session, BROKEN)).toMatchObject({ code: undefined })
  })

  it('may change after a human has confirmed it', async () => {
    const [file = ''] = FILES
    const session = await atSecondRed(file)
    session.project.write(file, '{"size":7}')
    expect(await finish(session, BROKEN)).toMatchObject({ code: 'tests_changed' })
    const call = callAt(session.project.root)
    let asked = ''
    const human = {
      channel: 'terminal' as const,
      confirm: (question: string) => {
        asked = question
        return Promise.resolve(true)
      },
      confirmEach: () => Promise.resolve([]),
    }
    await approve({ ...call, frontend: { ...call.frontend, human } })
    expect(asked).toContain(`${file} (decides whether T001 is proven)`)
    expect(await finish(session, BROKEN)).toMatchObject({ code: undefined })
    expect((await session.call('run_validation')).data).toMatchObject({ passed: true })
  })
})
