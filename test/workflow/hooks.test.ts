import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { stackProject } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'
const TESTS = { 'tests/a.test.js': "import test from 'node:test'\ntest('a', () => {})\n" }
const HOOKS = `hooks:
  before_implement:
    - { extension: git, command: speckit.git.save, optional: false }
  after_implement:
    - { extension: docs, command: "touch ran.txt", prompt: "Write the pages?" }
    - { extension: docs, command: "touch ran.txt", condition: "true" }
`
const BEFORE =
  'Mandatory hook of git, before the first task: run /speckit.git.save and wait until it has finished.'
const AFTER =
  'Optional hook of docs, after implementing: ask the user "Write the pages?"; if the answer is yes, run /touch ran.txt.'

function project(extensions: string) {
  return stackProject(PLAN, {
    ...TESTS,
    'one.txt': 'x',
    'two.txt': 'x',
    '.specify/extensions.yml': extensions,
  })
}

describe('hooks of spec-kit extensions', () => {
  it('are announced before the first task and after the validation, and never run', async () => {
    const workspace = project(HOOKS)
    const { call } = await connect(workspace.root)
    const first = await call('next_task')
    expect(first.data['messages']).toContain(BEFORE)
    expect(first.text).toContain(BEFORE)
    await call('record_green', { task: 'T001' })
    await call('mark_complete', { task: 'T001' })
    const second = await call('next_task')
    expect(second.text).not.toContain('hook')
    await call('record_green', { task: 'T002' })
    expect((await call('mark_complete', { task: 'T002' })).text).not.toContain('hook')
    const end = await call('run_validation')
    expect(end.data).toMatchObject({
      passed: true,
      messages: expect.arrayContaining([
        AFTER,
        'Skipped hook of docs, after implementing, because it has a condition: /touch ran.txt.',
      ]),
    })
    expect(end.text).toContain(AFTER)
    expect(existsSync(`${workspace.root}/ran.txt`)).toBe(false)
    expect(workspace.read('.specify/extensions.yml')).toBe(HOOKS)
  })

  it('are a reported problem if their file is invalid, and the work continues', async () => {
    const { root } = project('hooks:\n  before_implement: [\n')
    const { call } = await connect(root)
    expect((await call('next_task')).data).toMatchObject({ task: { id: 'T001' } })
    const { text } = (await call('read_document', { document: 'progress' })).data
    expect(JSON.parse(String(text))).toMatchObject({
      problems: [
        {
          path: '.specify/extensions.yml',
          line: 3,
          text: expect.stringContaining('Its hooks are ignored.'),
        },
      ],
    })
  })
})
