import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../../src/evidence/chain.ts'
import { connect } from '../../kit/assistant.ts'
import { runCommand } from '../../kit/program.ts'
import { makeProject, nodeTest, stackProject, TASKS, type Project } from '../../kit/project.ts'

const PLAN = `## Phase 1: Setup
- [ ] T001 Create notes.txt

## Phase 2: Core
- [ ] T002 size in src/stack.js
- [ ] T003 push in src/stack.js
`
const SIZE = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const PUSH = nodeTest('push', 'assert.equal(new Stack().push(), 1)')

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

function verify(root: string, args: string[] = [], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '', XDG_STATE_HOME = '' } = process.env
  return runCommand({ root }, ['verify', ...args], { env: { PATH, HOME, XDG_STATE_HOME, ...env } })
}

const found = (root: string, args: string[] = ['--replay']) => {
  const { stdout } = verify(root, [...args, '--json'])
  const { findings, replayed } = JSON.parse(stdout)
  return { replayed, findings: findings.map(({ text }: { text: string }) => text) }
}

/** A finished feature with genuine evidence. */
async function finished(more: Record<string, string> = {}): Promise<Project> {
  const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n', ...more })
  const { call, close } = await connect(project.root)
  await call('next_task')
  project.write('notes.txt', 'x')
  await call('record_green', { task: 'T001' })
  await call('mark_complete', { task: 'T001' })
  await call('next_task')
  project.write('tests/size.test.js', SIZE)
  await call('record_red', { task: 'T002', tests: ['tests/size.test.js'] })
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
  await call('record_green', { task: 'T002' })
  await call('mark_complete', { task: 'T002' })
  await call('next_task')
  project.write('src/stack.js', 'export class Stack {\n  size = 0\n  push() { return 1 }\n}\n')
  project.write('tests/push.test.js', PUSH)
  await call('record_red', { task: 'T003', tests: ['tests/push.test.js'], late: true })
  await call('record_green', { task: 'T003' })
  expect((await call('mark_complete', { task: 'T003' })).data).toMatchObject({ stage: 'done' })
  await close()
  git(project.root, 'add', '-A')
  git(project.root, 'commit', '-qm', 'done')
  return project
}

const folderOf = (root: string) => path.join(root, '.redgreen/ledger/001-stack')
const lines = (root: string) =>
  readdirSync(folderOf(root)).flatMap(name =>
    readFileSync(path.join(folderOf(root), name), 'utf8')
      .trim()
      .split('\n'),
  )

/** Rewrites the ledger with changed events and valid hashes. */
function forge(
  root: string,
  change: (event: Record<string, unknown>) => Record<string, unknown>,
  { keepLocal = false } = {},
) {
  const [name = ''] = readdirSync(folderOf(root))
  const renamed = new Map<unknown, string>()
  let prev = GENESIS
  let seq = 0
  const forged = lines(root).map(line => {
    const { hash, prev: _prev, seq: _seq, ...event } = JSON.parse(line)
    seq += 1
    const proof = Array.isArray(event.proof)
      ? { proof: event.proof.map((old: string) => renamed.get(old) ?? old) }
      : {}
    const sealed = sealLine({ ...change(event), ...proof }, { seq, prev })
    prev = JSON.parse(sealed).hash
    renamed.set(hash, prev)
    return sealed
  })
  writeFileSync(path.join(folderOf(root), name), `${forged.join('\n')}\n`)
  // CI has a clone without them.
  if (keepLocal) return
  rmSync(path.join(root, '.redgreen/local/commits'), { recursive: true, maxRetries: 5 })
  rmSync(path.join(root, '.git/redgreen/root/heads'), { recursive: true, maxRetries: 5 })
}

describe('replaying the evidence', () => {
  it('runs every RED and GREEN again, also in a clone that has fetched the snapshots', async () => {
    const project = await finished()
    expect(found(project.root)).toEqual({ replayed: 5, findings: [] })
    const bare = path.join(makeProject({}, { git: false }).root, 'bare.git')
    git(project.root, 'init', '-q', '--bare', bare)
    git(project.root, 'remote', 'add', 'origin', bare)
    git(project.root, 'push', '-q', 'origin', 'HEAD:main')
    expect(verify(project.root, ['--push-snapshots'])).toMatchObject({ status: 0 })
    const clone = path.join(makeProject({}, { git: false }).root, 'clone')
    git(project.root, 'clone', '-q', '-b', 'main', `file://${bare}`, clone)
    expect(verify(clone)).toMatchObject({ status: 0 })
    const without = verify(clone, ['--replay'])
    expect(without).toMatchObject({ status: 1, stdout: expect.stringMatching(/git fetch origin/) })
    git(clone, 'fetch', '-q', 'origin', 'refs/redgreen/*:refs/redgreen/*')
    expect(found(clone)).toEqual({ replayed: 5, findings: [] })
  })

  it('finds a forged ledger with valid hashes', async () => {
    const project = await finished()
    // Without snapshots there is no proof that this ever happened.
    forge(project.root, event => ({ ...event, snapshot: undefined }))
    expect(verify(project.root)).toMatchObject({ status: 0 })
    expect(found(project.root).findings).toContainEqual(
      expect.stringMatching(/T002 .*no snapshot was stored/),
    )
  })

  it('is not needed to see a forged ledger in the clone that recorded the true one', async () => {
    const project = await finished()
    forge(project.root, event => ({ ...event, snapshot: undefined }), { keepLocal: true })
    expect(verify(project.root)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/events that this clone recorded are missing/),
    })
  })

  it('finds tests that notice no change of the code, whatever the ledger says', async () => {
    const project = stackProject('- [ ] T001 size in src/stack.js\n', { 'src/stack.js': '' })
    const { call, close } = await connect(project.root)
    await call('next_task')
    const test = nodeTest('size', "assert.equal(typeof all.size, 'function')")
    project.write('tests/size.test.js', `import * as all from '../src/stack.js'\n${test}`)
    await call('record_red', { task: 'T001', tests: ['tests/size.test.js'] })
    project.write('src/stack.js', 'export function size(list) {\n  return list.length\n}\n')
    await call('record_green', { task: 'T001' })
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: 'weak_tests' })
    forge(project.root, event =>
      event['kind'] === 'mutation'
        ? {
            ...event,
            verdict: 'noticed',
            mutants: [event['mutants']]
              .flat()
              .map(one => Object.assign({}, one, { outcome: 'killed' })),
          }
        : event,
    )
    expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ code: undefined })
    await close()
    expect(verify(project.root)).toMatchObject({ status: 0 })
    expect(found(project.root).findings).toEqual([
      expect.stringMatching(/T001 .*replay does not show it: Replacing the body of `size`/),
    ])
  })

  it('finds a snapshot that shows another result', async () => {
    const project = await finished()
    const events = lines(project.root).map(line => JSON.parse(line))
    const green = events.find(event => event.kind === 'green' && event.task === 'T002')
    const { tree, snapshot, files } = green
    forge(project.root, event =>
      event['kind'] === 'red' && event['task'] === 'T002'
        ? { ...event, tree, snapshot, files }
        : event,
    )
    expect(found(project.root).findings).toContainEqual(
      expect.stringMatching(/T002 .*recorded as red.*"tests\/size\.test\.js > size" is passed/),
    )
  })

  it('finds a snapshot that is not the one of its event', async () => {
    const project = await finished()
    const head = git(project.root, 'rev-parse', 'HEAD^{tree}').trim()
    forge(project.root, event => (event['kind'] === 'green' ? { ...event, snapshot: head } : event))
    expect(found(project.root).findings).toContainEqual(
      expect.stringMatching(/Git does not have the recorded earlier sources/),
    )
  })

  it('finds a snapshot whose tests have other bytes than the event', async () => {
    const project = await finished()
    const other = '0'.repeat(64)
    forge(project.root, event =>
      event['task'] === 'T002' && (event['kind'] === 'red' || event['kind'] === 'green')
        ? { ...event, files: { 'tests/size.test.js': other } }
        : event,
    )
    const expected = 'tests/size.test.js in the snapshot is not the file that was recorded'
    expect(found(project.root).findings).toEqual([
      expect.stringContaining(expected),
      expect.stringContaining(expected),
    ])
  })

  it('finds a check that fails on the files of its event', async () => {
    const project = await finished()
    forge(project.root, event =>
      event['kind'] === 'green' && event['task'] === 'T001'
        ? { ...event, named: ['other.txt'] }
        : event,
    )
    expect(found(project.root).findings).toEqual([
      expect.stringMatching(/T001 .*other\.txt is missing or empty/),
    ])
  })

  it('finds a GREEN without the tests of its RED', async () => {
    const project = await finished()
    forge(project.root, event =>
      event['kind'] === 'green' && event['task'] === 'T002' ? { ...event, tests: [] } : event,
    )
    expect(found(project.root, []).findings).toEqual([
      expect.stringMatching(/T002 .*was red and not seen to pass/),
    ])
  })
})

describe('missing work', () => {
  it('is found if the tests were never committed', async () => {
    const project = await finished()
    git(project.root, 'checkout', '-q', '--orphan', 'other')
    git(project.root, 'rm', '-rqf', '--cached', 'tests')
    project.remove('tests')
    git(project.root, 'commit', '-qm', 'no tests')
    expect(found(project.root, []).findings).toContainEqual(
      expect.stringMatching(
        /T002 was proven by tests\/size\.test\.js, which does not exist and was never/,
      ),
    )
  })

  it('is not reported if the tests were renamed and changed on a branch that was merged', async () => {
    const project = await finished()
    const commit = (...args: string[]) =>
      git(project.root, 'commit-tree', '-m', 'x', ...args).trim()
    const base = commit(EMPTY_TREE)
    git(project.root, 'reset', '-q', commit('-p', base, 'HEAD^{tree}'))
    git(project.root, 'checkout', '-qb', 'work')
    git(project.root, 'mv', 'tests/size.test.js', 'tests/empty.test.js')
    project.write('tests/empty.test.js', SIZE.replace('size', 'is empty'))
    git(project.root, 'commit', '-qam', 'review')
    git(project.root, 'checkout', '-q', base)
    git(project.root, 'merge', '-q', '--no-ff', '-m', 'merge', 'work')
    expect(found(project.root, []).findings).toEqual([])
    git(project.root, 'reset', '-q', '--hard', base)
    git(project.root, 'merge', '-q', '--squash', 'work')
    git(project.root, 'commit', '-qm', 'squashed')
    expect(found(project.root, []).findings).toEqual([])
  })

  it('is not reported if a commit removed the tests', async () => {
    const project = await finished()
    git(project.root, 'rm', '-rqf', 'tests')
    git(project.root, 'commit', '-qm', 'other tests now')
    expect(found(project.root, []).findings).toEqual([])
  })

  it('is found if the tests now fail', async () => {
    const project = await finished()
    project.write('src/stack.js', 'export class Stack {}\n')
    expect(found(project.root).findings).toContainEqual(
      expect.stringMatching(/T002 was proven by .*size", which is now failed/),
    )
  })

  it('is found if the ledger was deleted, but the ticks remain', async () => {
    const project = await finished()
    for (const [file, text] of [
      ['tasks', PLAN],
      ['spec', '# Queue\n'],
      ['plan', '# Plan\n'],
    ])
      project.write(`specs/002-queue/${file}.md`, text ?? '')
    const { call, close } = await connect(project.root)
    await call('next_task', { feature: '002-queue' })
    await close()
    project.remove('.redgreen/local')
    project.remove('.redgreen/ledger/001-stack')
    expect(found(project.root, []).findings).toContainEqual(
      expect.stringMatching(/T001 is ticked by hand, not proven/),
    )
  })
})

describe('a finding', () => {
  it('is an annotation of its line in CI, and data for a program', async () => {
    const project = stackProject(PLAN)
    const { call } = await connect(project.root)
    await call('next_task')
    project.write(TASKS, PLAN.replace('- [ ] T003', '- [X] T003'))
    const plain = verify(project.root)
    expect(plain).toMatchObject({ status: 1, stdout: expect.not.stringContaining('::error') })
    const { stdout } = verify(project.root, [], { CI: 'true' })
    expect(stdout).toMatch(/^::error file=specs\/001-stack\/tasks\.md,line=6::T003 is ticked/m)
    expect(JSON.parse(verify(project.root, ['--json']).stdout)).toMatchObject({
      feature: '001-stack',
      passed: false,
      findings: [{ path: TASKS, line: 6 }],
    })
  })

  it('is not reported if nothing was recorded', () => {
    const project = stackProject(PLAN)
    expect(verify(project.root, ['--replay'])).toMatchObject({ status: 0 })
  })

  it('can be in any feature with evidence', async () => {
    const project = stackProject(PLAN, {
      'specs/002-queue/tasks.md': PLAN,
      'specs/002-queue/spec.md': '# Queue\n',
      'specs/002-queue/plan.md': '# Plan\n',
    })
    const { call } = await connect(project.root)
    await call('next_task', { feature: '001-stack' })
    await call('next_task', { feature: '002-queue' })
    const { features } = JSON.parse(verify(project.root, ['--json']).stdout)
    expect(features.map(({ feature }: { feature: string }) => feature)).toEqual([
      '001-stack',
      '002-queue',
    ])
  })
})

describe('two branches that worked on two tasks', () => {
  it('merge without a conflict in the ledger, and verify passes', async () => {
    const plan = '## Core\n- [ ] T001 [P] size in src/size.js\n- [ ] T002 [P] push in src/push.js\n'
    const project = stackProject(plan)
    mkdirSync(path.join(project.root, 'src'), { recursive: true })
    git(project.root, 'add', '-A')
    git(project.root, 'commit', '-qm', 'begin')
    const work = async (task: string, name: string) => {
      const { call, close } = await connect(project.root)
      await call('next_task', { task })
      const test = `tests/${name}.test.js`
      project.write(`src/${name}.js`, 'export const it = 0\n')
      project.write(
        test,
        nodeTest(name, 'assert.equal(it, 1)').replace(
          'import test',
          `import { it } from '../src/${name}.js'\nimport test`,
        ),
      )
      await call('record_red', { task, tests: [test] })
      project.write(`src/${name}.js`, 'export const it = 1\n')
      await call('record_green', { task })
      expect((await call('mark_complete', { task })).data).toMatchObject({ stage: 'done' })
      await close()
      git(project.root, 'add', '-A')
      git(project.root, 'commit', '-qm', task)
    }
    git(project.root, 'checkout', '-qb', 'one')
    await work('T001', 'size')
    git(project.root, 'checkout', '-q', '-b', 'two', 'one~1')
    await work('T002', 'push')
    // In the plan, both marks are on adjacent lines; a human merges them as usual.
    appendFileSync(path.join(project.root, '.git/info/attributes'), 'tasks.md merge=union\n')
    git(project.root, 'merge', '-q', '-m', 'both', '-X', 'ours', 'one')
    expect(git(project.root, 'status', '--porcelain')).toBe('')
    project.write(TASKS, plan.replaceAll('[ ]', '[X]'))
    expect(found(project.root)).toEqual({ replayed: 4, findings: [] })
    expect(readdirSync(folderOf(project.root))).toHaveLength(2)
  })
})
