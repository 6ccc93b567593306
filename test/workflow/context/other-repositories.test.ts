import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { runCommand } from '../../kit/program.ts'
import { nodeTest, stackProject } from '../../kit/project.ts'

const PLAN =
  '## Phase 1: Core\n- [ ] T001 size in lib/src/stack.js\n- [ ] T002 push in src/push.js\n'

it.each(['a clone', 'a submodule'])(
  'code in %s inside the workspace is named at once, and no RED is recorded that could not become GREEN',
  async what => {
    const project = stackProject(PLAN)
    project.write('lib/src/stack.js', 'export class Stack {}\n')
    if (what === 'a clone') execFileSync('git', ['init', '-q', path.join(project.root, 'lib')])
    else project.write('lib/.git', 'gitdir: ../.git/modules/lib\n')
    const { call } = await connect(project.root)
    const { text } = await call('next_task')
    expect(text).toContain('! T001: lib is a git repository of its own')
    expect(text).toContain(`--root ${path.join(project.root, 'lib')}`)
    expect(text).not.toContain('T002: lib')
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(1, 2)'))
    const answer = await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
    expect(answer).toMatchObject({ code: 'no_git' })
    expect(answer.text).toContain('nothing was run')
    const { status, stdout } = runCommand({ root: project.root }, ['doctor'])
    expect(status).toBe(1)
    expect(stdout).toContain('T001: lib is a git repository of its own')
  },
)
