import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { approve } from '../../../src/workflow/human/approve.ts'
import { verify, type Verified } from '../../../src/workflow/verify/verify.ts'
import { connect, type Assistant } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, nodeTest, stackProject, TASKS, type Project } from '../../kit/project.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'
const TEST = 'tests/size.test.js'
const STRICT = nodeTest('size', 'assert.equal(new Stack().size, 0)')
const EASY = nodeTest('size', "assert.ok('size' in new Stack())")
const LEDGER = '.redgreen/ledger/001-stack'

function git({ root }: { root: string }, ...args: string[]): string {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@localhost']
  return execFileSync('git', ['-C', root, ...identity, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function committed(): Project {
  const project = stackProject(PLAN, { 'src/stack.js': 'export class Stack {}\n' })
  git(project, 'add', '-A')
  git(project, 'commit', '-qm', 'plan')
  git(project, 'branch', '-M', 'main')
  return project
}

async function reachRed(
  project: Project,
  test = STRICT,
  known?: Assistant['call'],
): Promise<Assistant['call']> {
  const call = known ?? (await connect(project.root)).call
  await call('next_task')
  project.write(TEST, test)
  const { code } = await call('record_red', { task: 'T001', tests: [TEST] })
  expect(code).toBeUndefined()
  return call
}

async function finish(project: Project, call: Assistant['call']): Promise<void> {
  project.write('src/stack.js', "export class Stack {\n  size = 'many'\n}\n")
  await call('record_green', { task: 'T001' })
  expect(await call('mark_complete', { task: 'T001' })).toMatchObject({ data: { stage: 'done' } })
}

async function verified({ root }: { root: string }): Promise<Verified> {
  const [first] = await verify(callAt(root))
  if (!first) throw new Error('Nothing was verified.')
  return first
}

const textsOf = ({ findings }: Verified) => findings.map(({ text }) => text).join('\n')
const lostIn = ({ evidence }: Verified) =>
  evidence.find(group => group.class === 'lost-evidence')?.members.map(({ name }) => name) ?? []

async function humanApproves({ root }: Project): Promise<void> {
  const call = callAt(root)
  const human = {
    channel: 'terminal' as const,
    confirm: () => Promise.resolve(true),
    confirmEach: () => Promise.resolve([]),
  }
  await approve({ ...call, frontend: { ...call.frontend, human } })
}

const DELETIONS: [how: string, remove: (project: Project) => void][] = [
  ['all of .redgreen', project => project.remove('.redgreen')],
  ['.redgreen/ledger', project => project.remove('.redgreen/ledger')],
  [
    'the ledger of the feature and the local records',
    project => {
      project.remove(LEDGER)
      project.remove('.redgreen/local')
    },
  ],
  [
    'the last line and the local records',
    project => {
      const [name = ''] = readdirSync(path.join(project.root, LEDGER))
      const file = `${LEDGER}/${name}`
      const lines = project.read(file).trimEnd().split('\n')
      project.write(file, `${lines.slice(0, -1).join('\n')}\n`)
      project.remove('.redgreen/local')
    },
  ],
]

describe('a ledger that was deleted in the middle of a task', () => {
  it.each(DELETIONS)('is a finding with its references: %s', async (_how, remove) => {
    const project = committed()
    await reachRed(project)
    const references = git(project, 'for-each-ref', '--format=%(refname)', 'refs/redgreen')
    const reference = references.split('\n').find(name => name.includes('/red-'))
    remove(project)
    const result = await verified(project)
    expect(result.passed).toBe(false)
    expect(textsOf(result)).toMatch(/recorded.* (is|are) missing/)
    expect(textsOf(result)).toContain(reference)
    expect(lostIn(result)).toEqual(['T001 (red)'])
  })

  it('stays one after the work started again with an easier test, until a human accepts it', async () => {
    const project = committed()
    const call = await reachRed(project)
    project.remove('.redgreen')
    project.remove(TEST)
    await reachRed(project, EASY, call)
    await finish(project, call)
    const result = await verified(project)
    expect(textsOf(result)).toMatch(/A ledger with 2 events .* is missing.*last red of T001/)
    expect(lostIn(result)).toEqual(['T001 (red)'])
    await humanApproves(project)
    expect(await verified(project)).toMatchObject({ passed: true, findings: [] })
  })

  it('is named by the first next_task, and not again', async () => {
    const project = committed()
    const call = await reachRed(project)
    project.remove('.redgreen')
    expect((await call('next_task')).text).toContain(
      'Git has snapshots of earlier work on this feature that its ledger does not contain: refs/redgreen/001-stack/T001/',
    )
    expect((await call('next_task')).text).not.toContain('earlier work')
  })

  it('is named by its references where the clone has no record of it', async () => {
    const project = committed()
    await reachRed(project)
    project.remove('.redgreen')
    project.remove('.git/redgreen')
    project.remove(TEST)
    await finish(project, await reachRed(project, EASY))
    const result = await verified(project)
    expect(result.notes.join('\n')).toMatch(
      /snapshots of steps that no ledger contains: refs\/redgreen\/001-stack\/T001\/red-/,
    )
    expect(result).toMatchObject({ passed: true })
    expect(lostIn(result)).toEqual(['T001 (red)'])
    expect((await verify(callAt(project.root), { allow: ['late'] }))[0]).toMatchObject({
      passed: false,
    })
  })

  it('is named by the commit that removed it, in a clone without its references', async () => {
    const project = committed()
    const call = await reachRed(project)
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'red')
    project.remove('.redgreen')
    await reachRed(project, EASY, call)
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'again')
    const clone = path.join(makeProject({}, { git: false }).root, 'clone')
    git(project, 'clone', '-q', project.root, clone)
    const { notes, evidence } = await verified({ root: clone })
    expect(notes.join('\n')).toMatch(
      /Commit [0-9a-f]{12} removed 2 events from the ledger: start of T001 and red of T001/,
    )
    expect(evidence.map(group => group.class)).toContain('lost-evidence')
  })

  it('does not believe a record that a repository ships', async () => {
    const project = committed()
    await reachRed(project)
    const heads = path.join(project.root, '.git/redgreen/root/heads')
    const [folder = ''] = readdirSync(heads)
    const head = { branch: 'main', tip: 'f'.repeat(64), seq: 9, at: '2099-01-01', what: 'done' }
    project.write(
      `.git/redgreen/root/heads/${folder}/ffffffffff.jsonl`,
      `${JSON.stringify(head)}\n${'0'.repeat(64)}\n`,
    )
    expect(await verified(project)).toMatchObject({ passed: true, notes: [] })
  })
})

describe('honest work whose snapshots another ledger explains', () => {
  const nothing = { findings: [], notes: [] }

  it('on a branch is nothing to report on the branch that it started from', async () => {
    const project = committed()
    const { call } = await connect(project.root)
    await call('next_task')
    git(project, 'checkout', '-qb', 'work')
    project.write(TEST, STRICT)
    await call('record_red', { task: 'T001', tests: [TEST] })
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'red')
    git(project, 'checkout', '-q', 'main')
    expect(await verified(project)).toMatchObject(nothing)
    expect((await call('next_task')).text).not.toContain('earlier work')
  })

  it('on the branch of a remote is nothing to report in another clone', async () => {
    const project = committed()
    const bare = path.join(makeProject({}, { git: false }).root, 'bare.git')
    git(project, 'init', '-q', '--bare', bare)
    git(project, 'remote', 'add', 'origin', bare)
    git(project, 'push', '-q', 'origin', 'main')
    git(project, 'checkout', '-qb', 'work')
    await reachRed(project)
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'red')
    git(project, 'push', '-q', 'origin', 'work', 'refs/redgreen/*:refs/redgreen/*')
    const clone = path.join(makeProject({}, { git: false }).root, 'clone')
    git(project, 'clone', '-q', '-b', 'main', bare, clone)
    git({ root: clone }, 'fetch', '-q', 'origin', 'refs/redgreen/*:refs/redgreen/*')
    expect(await verified({ root: clone })).toMatchObject(nothing)
  })

  it('in another worktree, not committed, is nothing to report here', async () => {
    const project = committed()
    const other = path.join(makeProject({}, { git: false }).root, 'other')
    git(project, 'worktree', 'add', '-q', '-b', 'other', other)
    const { call } = await connect(other)
    await call('next_task')
    const there = makeProjectAt(other)
    there.write(TEST, STRICT)
    await call('record_red', { task: 'T001', tests: [TEST] })
    expect(await verified(project)).toMatchObject(nothing)
    expect(await verified({ root: other })).toMatchObject(nothing)
  })

  it('that was merged and whose branch was deleted is nothing to report', async () => {
    const project = committed()
    git(project, 'checkout', '-qb', 'work')
    await finish(project, await reachRed(project, EASY))
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'work')
    git(project, 'checkout', '-q', 'main')
    git(project, 'merge', '-q', '--squash', 'work')
    git(project, 'commit', '-qm', 'squashed')
    git(project, 'branch', '-qD', 'work')
    expect(await verified(project)).toMatchObject(nothing)
  })

  it('is nothing to report in a clone without references', async () => {
    const project = committed()
    await finish(project, await reachRed(project, EASY))
    git(project, 'add', '-A')
    git(project, 'commit', '-qm', 'work')
    const clone = path.join(makeProject({}, { git: false }).root, 'clone')
    git(project, 'clone', '-q', project.root, clone)
    expect(await verified({ root: clone })).toMatchObject(nothing)
  })

  it('of a feature that was removed with its plan does not stop the other features', async () => {
    const project = committed()
    await finish(project, await reachRed(project, EASY))
    project.remove('specs/001-stack')
    project.remove(LEDGER)
    for (const file of ['spec', 'plan', 'tasks'])
      project.write(`specs/002-queue/${file}.md`, file === 'tasks' ? PLAN : `# ${file}\n`)
    const { call } = await connect(project.root)
    await call('next_task')
    const all = await verify(callAt(project.root))
    expect(all).toMatchObject([{ feature: '002-queue', ...nothing }])
  })

  it('is nothing to report after a restart of a task whose box was reopened', async () => {
    const project = committed()
    const call = await reachRed(project, EASY)
    await finish(project, call)
    project.write(TASKS, PLAN)
    await call('next_task', { task: 'T001' })
    expect(await verified(project)).toMatchObject({ findings: [], notes: [] })
  })
})

function makeProjectAt(root: string): Pick<Project, 'write'> {
  const at = makeProject({}, { git: false })
  return { write: (file, text) => at.write(path.relative(at.root, path.join(root, file)), text) }
}
