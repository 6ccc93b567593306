import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, vi } from 'vitest'
import { connect, type Assistant } from '../kit/assistant.ts'
import { atTerminal, hasTerminal, runCommand } from '../kit/program.ts'
import { projectAt, type Project } from '../kit/project.ts'
import { git, testRemote, type TestRemote } from '../store/coordinator/git/remote.ts'

/** The steps of docs/cloud-agents.md, in its order. */
const PLAN = `# Tasks: Numbers

## Phase 1: Core
- [ ] T001 [P] one in src/one.js
- [ ] T002 [P] two in src/two.js
- [ ] T003 [P] three in src/three.js
`
const SETTINGS = { shared: { store: 'git' } }
const TASKS = { T001: ['one', 1], T002: ['two', 2], T003: ['three', 3] } as const
type TaskId = keyof typeof TASKS

const LEASE_ENDS = { timeout: 120_000, interval: 1000 }

/** A machine in the cloud: a shallow clone on a branch of its own, and nothing from other machines. */
interface Machine extends Project {
  name: string
  env: Record<string, string>
}

function startMachine(remote: TestRemote, name: string, ...options: string[]): Machine {
  const root = remote.clone(...options)
  const home = path.join(remote.folder, `home-${name}`)
  const { PATH = '' } = process.env
  const machine = { name, env: { PATH, HOME: home, XDG_STATE_HOME: home }, ...projectAt(root) }
  git(root, 'switch', '-q', '-c', name)
  redgreen(machine, 'init', '--client', 'claude-code', '--yes')
  return machine
}

function redgreen(machine: Machine, ...args: string[]): string {
  const { status, stdout, stderr } = runCommand(machine, args, machine)
  expect(`${args.join(' ')}: ${status}\n${stderr}`).toBe(`${args.join(' ')}: 0\n`)
  return stdout
}

function commit({ root, name }: Machine): void {
  git(root, 'add', '-A')
  git(root, ...AUTHOR, 'commit', '-q', '-m', name)
}

const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@localhost']

/** Writes the failing test of a task, and has it recorded. */
async function redStep(machine: Machine, { call }: Assistant, task: TaskId): Promise<void> {
  const [name, value] = TASKS[task]
  const test = `tests/${name}.test.js`
  machine.write(
    test,
    `import test from 'node:test'
import assert from 'node:assert/strict'
import { ${name} } from '../src/${name}.js'
test('${name}', () => assert.equal(${name}(), ${value}))
`,
  )
  machine.write(`src/${name}.js`, `export const ${name} = () => 0\n`)
  const red = await call('record_red', { task, tests: [test] })
  expect(red).toMatchObject({ code: undefined, data: { stage: 'red' } })
}

async function finish(machine: Machine, assistant: Assistant, task: TaskId): Promise<void> {
  await redStep(machine, assistant, task)
  const [name, value] = TASKS[task]
  machine.write(`src/${name}.js`, `export const ${name} = () => ${value}\n`)
  await assistant.call('record_green', { task })
  const marked = await assistant.call('mark_complete', { task })
  expect(marked).toMatchObject({ code: undefined, data: { stage: 'done' } })
}

/** Pushes the branch with its evidence, once, at the end. */
function push(machine: Machine): void {
  commit(machine)
  git(machine.root, 'push', '-q', 'origin', machine.name)
  expect(redgreen(machine, 'verify', '--push-snapshots')).toContain('Snapshots were pushed')
}

/** What action.yml does in a checkout of a branch. */
function verifyAsAction(remote: TestRemote, branch: string): string {
  const root = remote.clone('--branch', branch)
  git(root, 'fetch', '-q', '--no-tags', 'origin', '+refs/redgreen/*:refs/redgreen/*')
  const { status, stdout } = runCommand({ root }, ['verify', '--replay'])
  expect(`${status}\n${stdout}`).toMatch(/^0\n/)
  return stdout
}

/** A repository that is prepared for agents, and the clone of the human who did it. */
function prepare(settings: object): { remote: TestRemote; human: Machine } {
  const remote = testRemote()
  const human = startMachine(remote, 'main')
  human.write('package.json', '{"name":"n","type":"module","scripts":{"test":"node --test"}}')
  human.write('specs/001-numbers/spec.md', '# Numbers\n')
  human.write('specs/001-numbers/plan.md', '# Plan\n')
  human.write('specs/001-numbers/tasks.md', PLAN)
  human.write('redgreen.config.json', JSON.stringify(settings))
  redgreen(human, 'init', '--client', 'claude-code', '--yes')
  commit(human)
  // A shallow clone does not get the first of two commits.
  human.write('README.md', '# Numbers\n')
  commit(human)
  git(human.root, 'push', '-q', 'origin', 'main')
  return { remote, human }
}

const open = ({ root, env, name }: Machine) => connect(root, { env, name })

describe('cloud agents with shallow clones and one git remote', () => {
  it('share a plan, go on with the task of a machine that is gone, and prove everything in the end', async () => {
    const { remote, human } = prepare({ ...SETTINGS, limits: { leaseMinutes: 0.3 } })
    const one = startMachine(remote, 'agent-1', '--depth', '1')
    const three = startMachine(remote, 'agent-3', '--depth', '1')
    // The same store, named for one machine.
    three.env['REDGREEN_SHARED_URL'] = `file://${remote.bare}`
    human.write('README.md', '# Numbers, the first three\n')
    commit(human)
    git(human.root, 'push', '-q', 'origin', 'main')
    const two = startMachine(remote, 'agent-2', '--depth', '1')
    const [first, second, third] = [await open(one), await open(two), await open(three)]
    for (const [assistant, id] of [
      [first, 'T001'],
      [second, 'T002'],
      [third, 'T003'],
    ] as const)
      expect((await assistant.call('next_task')).data).toMatchObject({ task: { id } })

    // The first machine vanishes in the middle of its task.
    await redStep(one, first, 'T001')
    process.kill(first.pid, 'SIGKILL')
    rmSync(one.root, { recursive: true })

    await finish(two, second, 'T002')
    await finish(three, third, 'T003')
    await third.close()
    push(three)
    expect(verifyAsAction(remote, 'agent-3')).toMatch(
      /1 task proven[^]*T002 was finished in another clone/,
    )

    await vi.waitFor(async () => {
      const next = await second.call('next_task', { task: 'T001' })
      expect(next).toMatchObject({ code: undefined, data: { task: { id: 'T001', stage: 'todo' } } })
    }, LEASE_ENDS)
    await finish(two, second, 'T001')

    // The last one merges what the others pushed, and validates.
    const waiting = await second.call('next_task')
    expect(waiting.code).toBe('claimed')
    expect(waiting.text).toMatch(/T003 was finished on branch .*git merge FETCH_HEAD/)
    commit(two)
    const merge = () => git(two.root, ...AUTHOR, 'merge', '-q', '--no-edit', 'FETCH_HEAD')
    git(two.root, 'fetch', '-q', 'origin', 'agent-3')
    // This clone starts later than that branch.
    expect(merge).toThrow('unrelated histories')
    git(two.root, 'fetch', '-q', '--unshallow', 'origin', 'agent-3')
    merge()
    expect((await second.call('next_task')).data).toMatchObject({ task: null })
    expect((await second.call('run_validation')).data).toMatchObject({ passed: true })
    await second.close()
    push(two)

    git(human.root, 'fetch', '-q')
    git(human.root, ...AUTHOR, 'merge', '-q', '--no-ff', '-m', 'merge', 'origin/agent-2')
    git(human.root, 'push', '-q', 'origin', 'main')
    expect(verifyAsAction(remote, 'main')).toMatch(/3 tasks proven, 6 runs replayed/)
    expect(human.read('specs/001-numbers/tasks.md')).toBe(PLAN.replaceAll('- [ ]', '- [X]'))
  })

  it.skipIf(!hasTerminal)('follow what a human decides in another clone', async () => {
    const { remote, human } = prepare(SETTINGS)
    const [one, two] = ['agent-1', 'agent-2'].map(name =>
      startMachine(remote, name, '--depth', '1'),
    )
    if (!one || !two) throw new Error('A machine is missing.')
    const [first, second] = [await open(one), await open(two)]
    await first.call('next_task', { task: 'T001' })
    process.kill(first.pid, 'SIGKILL')
    expect((await second.call('next_task', { task: 'T001' })).code).toBe('claimed')
    expect(atTerminal(human, 'yes', 'release', 'T001').stdout).toContain('T001')
    atTerminal(human, 'yes', 'waive', 'T003', '--reason', 'it is not needed')
    expect((await second.call('next_task', { task: 'T001' })).data).toMatchObject({
      task: { id: 'T001' },
    })
    const progress = await second.call('read_document', { document: 'progress' })
    expect(progress.text).toMatch(/"T003"[^}]*"waived": ?true/)
  })
})
