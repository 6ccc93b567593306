import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { connect } from '../../kit/assistant.ts'
import { makeProject, nodeTest, stackProject } from '../../kit/project.ts'

const DOCUMENTS = (dir: string) => ({
  [`${dir}/spec.md`]: '# Stack\n',
  [`${dir}/plan.md`]: '# Plan\n',
})
const PLAN = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'

it('a folder that the caller names is worked on wherever it is', async () => {
  const project = makeProject({
    'package.json': '{}',
    'features/login/tasks.md': PLAN,
    ...DOCUMENTS('features/login'),
  })
  const { call } = await connect(project.root)
  const answer = await call('next_task', { feature: 'features/login' })
  expect(answer).toMatchObject({ code: undefined })
  expect(answer.text).toContain('T001')
  const absolute = path.join(project.root, 'features/login')
  expect(await call('next_task', { feature: absolute })).toMatchObject({ code: undefined })
})

it('next_task says that the git branch names another feature', async () => {
  const project = stackProject(PLAN, {
    '.specify/feature.json': '{"feature_directory":"specs/001-stack"}',
  })
  execFileSync('git', ['-C', project.root, 'checkout', '-q', '-b', '002-queue'])
  const { call } = await connect(project.root)
  expect((await call('next_task')).text).toContain(
    '! The git branch is 002-queue, but .specify/feature.json names specs/001-stack.',
  )
})

it('without a plan, the worktree that has one is named, and how to start there', async () => {
  const project = makeProject({ 'package.json': '{}' })
  const git = (...args: string[]) => execFileSync('git', ['-C', project.root, ...args])
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
  git(...who, 'commit', '-q', '--allow-empty', '-m', 'first')
  git('worktree', 'add', '-q', '-b', '002-x', '.worktrees/002-x')
  project.write('.worktrees/002-x/specs/002-x/tasks.md', PLAN)
  const { call } = await connect(project.root)
  const answer = await call('next_task')
  expect(answer).toMatchObject({ code: 'no_feature' })
  const place = path.join(project.root, '.worktrees/002-x')
  expect(answer.text).toContain(`start the server with --root ${place}.`)
})

it('a plan in a sub-folder may name its files from there', async () => {
  const project = makeProject({
    'package.json': '{"type":"module"}',
    'apps/web/package.json': '{"type":"module","scripts":{"test":"node --test"}}',
    'apps/web/specs/001-stack/tasks.md': PLAN,
    ...DOCUMENTS('apps/web/specs/001-stack'),
    'apps/web/src/stack.js': 'export class Stack {}\n',
  })
  const { call } = await connect(project.root)
  await call('next_task')
  const tests = ['apps/web/tests/size.test.js']
  project.write(tests[0] ?? '', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
  expect(await call('record_red', { task: 'T001', tests })).toMatchObject({ code: undefined })
  project.write('apps/web/src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  expect(await call('record_green', { task: 'T001' })).toMatchObject({ code: undefined })
  expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
  expect(project.read('apps/web/specs/001-stack/tasks.md')).toContain('[X] T001')
})
