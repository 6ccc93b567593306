import { chmodSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { nodeTest, stackProject, type Project } from '../kit/project.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'
/** Nothing is closed to this user. */
const IS_ROOT = process.getuid?.() === 0

/** Takes all rights to a folder away, until the test is over. */
function close(project: Project, folder: string): void {
  const place = path.join(project.root, folder)
  chmodSync(place, 0)
  onTestFinished(() => chmodSync(place, 0o700))
}

describe.skipIf(IS_ROOT)('a folder that may not be read', () => {
  it.each([
    ['at the top, ignored by git', 'pgdata', true],
    ['at the top, not ignored', 'pgdata', false],
    ['below another folder', 'services/db/data', true],
  ])('%s is skipped: a task is worked on to its end', async (_, folder, isIgnored) => {
    const project = stackProject(PLAN, {
      [`${folder}/base`]: 'x',
      'src/stack.js': 'export class Stack {}\n',
      ...(isIgnored && { '.gitignore': `${folder}/\n` }),
    })
    close(project, folder)
    const { call } = await connect(project.root)
    expect(await call('next_task')).toMatchObject({ code: undefined })
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    const tests = ['tests/size.test.js']
    expect(await call('record_red', { task: 'T001', tests })).toMatchObject({ code: undefined })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
  })

  it.each(['specs', 'specs/001-stack', 'specs/001-stack/tasks.md'])(
    'is refused with its path if the plan is in it: %s',
    async folder => {
      const project = stackProject(PLAN)
      close(project, folder)
      const { call } = await connect(project.root)
      const answer = await call('next_task')
      expect(answer).toMatchObject({ code: 'unsupported_file' })
      expect(answer.text).toMatch(/specs\S*, line 1: The (file|folder) cannot be read \(EACCES\)/)
    },
  )
})
