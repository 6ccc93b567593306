import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { nodeTest, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = '## Core\n- [ ] T001 size in src/stack.js\n- [ ] T002 Document it in README.md\n'
const FILES = { 'src/stack.js': 'export class Stack {}\n', 'README.md': '# Stack\n' }
const NAMED = { GIT_AUTHOR_NAME: 'a', GIT_COMMITTER_NAME: 'a' }
const MAILED = { GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_EMAIL: 'a@b.c' }

const git = ({ root }: Project, ...args: string[]) =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...NAMED, ...MAILED },
  })

async function finishSize(project: Project) {
  const { call } = await connect(project.root)
  await call('next_task')
  project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T001' })
  return call
}

describe('a mark', () => {
  it('is written atomically, directly after its own task', async () => {
    const project = stackProject(PLAN, FILES)
    const folder = path.join(project.root, path.dirname(TASKS))
    const before = readdirSync(folder)
    // A hard link to the old file shows whether the server changed its bytes or replaced the file.
    linkSync(path.join(project.root, TASKS), path.join(project.root, 'before.md'))
    const call = await finishSize(project)
    expect(project.read(TASKS)).toBe(PLAN)
    await call('mark_complete', { task: 'T001' })
    expect(project.read('before.md')).toBe(PLAN)
    expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T001', '[X] T001'))
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('a repository', () => {
  it('gets no commit, branch, stash or staged file from the server, and no hook runs', async () => {
    const project = stackProject(PLAN, FILES)
    git(project, 'add', '.')
    git(project, 'commit', '-q', '-m', 'plan')
    for (const hook of ['reference-transaction', 'post-index-change', 'pre-commit', 'pre-push']) {
      const script = `#!/bin/sh\necho ${hook} >> "${project.root}/.git/called"\n`
      writeFileSync(path.join(project.root, '.git/hooks', hook), script, { mode: 0o755 })
    }
    const state = () => [
      // The server stores snapshots under its own references, which are not branches, tags or stashes.
      git(project, 'log', '--exclude=refs/redgreen/*', '--all', '--format=%H'),
      git(project, 'for-each-ref').replaceAll(/^.*refs\/redgreen.*\n/gm, ''),
      git(project, 'reflog'),
      readFileSync(path.join(project.root, '.git/index'), 'hex'),
      git(project, 'symbolic-ref', 'HEAD'),
      git(project, 'stash', 'list'),
    ]
    const before = state()
    const call = await finishSize(project)
    await call('mark_complete', { task: 'T001' })
    await call('next_task')
    project.write('README.md', '# Stack\n\nIt has a size.\n')
    await call('record_green', { task: 'T002' })
    await call('mark_complete', { task: 'T002' })
    expect((await call('run_validation')).data).toMatchObject({ passed: true })
    expect(existsSync(path.join(project.root, '.git/called'))).toBe(false)
    expect(state()).toEqual(before)
  })
})
