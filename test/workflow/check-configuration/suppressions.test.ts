import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { connect, startTask, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves } from '../../kit/human.ts'
import { nodeTest, stackProject, type Project } from '../../kit/project.ts'

const SOURCE = 'src/stack.js'
const TEST = 'tests/size.test.js'
const CLEAN = 'export class Stack {\n  size = 0\n}\n'
const DIRTY = `${CLEAN}debugger\n`
const OFF = `${CLEAN}// eslint-disable-next-line no-debugger\ndebugger\n`
const KEY = `${SOURCE}#eslint-disable-next-line`

/** A linter that refuses a `debugger`, unless a comment in the line before switches it off. */
const LINTER = `import { readFileSync } from 'node:fs'
const text = readFileSync('${SOURCE}', 'utf8').replace(/eslint-disable-next-line.*\\n.*/g, '')
if (text.includes('debugger')) process.exitCode = 1
`

interface Session {
  project: Project
  call: Assistant['call']
}

/** T001 is green with this code. */
async function atGreen(code: string, before = 'export class Stack {}\n'): Promise<Session> {
  const project = stackProject('## Core\n- [ ] T001 size in src/stack.js\n', {
    [SOURCE]: before,
    'lint.mjs': LINTER,
    'redgreen.config.json': JSON.stringify({ commands: { lint: ['node', 'lint.mjs'] } }),
  })
  const { call } = await connect(project.root)
  await call('next_task')
  project.write(TEST, nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await call('record_red', { task: 'T001', tests: [TEST] })
  project.write(SOURCE, code)
  expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  return { project, call }
}

const done = ({ call }: Session) => call('mark_complete', { task: 'T001' })

describe('a comment that switches the linter off', () => {
  it('after it refused the task needs a human, who sees it', async () => {
    const session = await atGreen(DIRTY)
    expect(await done(session)).toMatchObject({ code: 'lint_fails' })
    session.project.write(SOURCE, OFF)
    const refused = await done(session)
    expect(refused).toMatchObject({ code: 'settings_changed' })
    expect(refused.text).toContain(`${KEY} changed after the linter refused T001`)
    expect(await humanApproves(session.project)).toContain(KEY)
    expect(await done(session)).toMatchObject({ code: undefined })
  })

  it('is no way around the refusal if the code is fixed, and stays named', async () => {
    const session = await atGreen(DIRTY)
    await done(session)
    session.project.write(
      SOURCE,
      CLEAN.replace('size', '// eslint-disable-next-line no-alert\n  size'),
    )
    expect((await done(session)).text).toContain(KEY)
  })

  it('before it refused anything is named in the answers, the report and verify', async () => {
    const session = await atGreen(OFF)
    const marked = await done(session)
    expect(marked).toMatchObject({ code: undefined })
    expect(marked.text).toContain(`Comments that switch off a check changed with this task: ${KEY}`)
    expect((await session.call('run_validation')).text).toContain(KEY)
    expect(session.project.read('.redgreen/reports/001-stack.md')).toContain(KEY)
    const [verified] = await verify(callAt(session.project.root))
    expect(verified).toMatchObject({ passed: true, configuration: 1 })
    expect(verified?.notes.join()).toContain(KEY)
  })

  it('that was there before the feature is not named', async () => {
    const old = '// eslint-disable-next-line no-debugger\ndebugger\n'
    const session = await atGreen(`// More.\n\n${CLEAN}${old}`, `export class Stack {}\n${old}`)
    expect((await done(session)).text).not.toContain('loosen')
  })
})

describe('a named check that refused a task', () => {
  const CHECKS = JSON.stringify({
    checks: { real: ['node', 'real.mjs'], easy: ['node', 'easy.mjs'] },
  })
  const files = {
    'redgreen.config.json': CHECKS,
    'easy.mjs': '',
    'real.mjs': 'process.exitCode = 1\n',
    'README.md': '# Stack\n',
  }
  const green = (call: Assistant['call'], check: string) =>
    call('record_green', { task: 'T001', check })

  it('is not answered by another one that passes', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Configure the pipeline\n',
      files,
    )
    expect(await green(call, 'real')).toMatchObject({ code: 'check_fails' })
    const refused = await green(call, 'easy')
    expect(refused).toMatchObject({ code: 'check_fails' })
    expect(refused.text).toContain('real.mjs')
    project.write('real.mjs', '')
    expect((await green(call, 'easy')).data).toMatchObject({ stage: 'green' })
  })

  it('counts no longer after a human has approved', async () => {
    const { project, call } = await startTask(
      '## Setup\n- [ ] T001 Configure the pipeline\n',
      files,
    )
    await green(call, 'real')
    await humanApproves(project)
    expect((await green(call, 'easy')).data).toMatchObject({ stage: 'green' })
  })

  it('was a mistake if the task asks to run something else', async () => {
    const manifest = {
      name: 'a',
      type: 'module',
      scripts: { build: 'node easy.mjs', test: 'node --test' },
    }
    const { call } = await startTask('## Polish\n- [ ] T001 Run the production build\n', {
      ...files,
      'package.json': JSON.stringify(manifest),
    })
    expect(await green(call, 'real')).toMatchObject({ code: 'check_fails' })
    expect((await call('record_green', { task: 'T001' })).data).toMatchObject({ stage: 'green' })
  })
})
