import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { takeLeaseNow } from '../../kit/leases.ts'
import { disk } from '../../../src/store/disk.ts'
import { createHolder } from '../../../src/store/leases/holder.ts'
import { readClocks } from '../../../src/store/leases/expiry.ts'
import { stateOf } from '../../../src/store/state.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { connect } from '../../kit/assistant.ts'
import { callAt } from '../../kit/call.ts'
import { stackProject, type Project } from '../../kit/project.ts'

const PLAN = `## Setup
- [ ] T001 [P] Create notes.txt
- [ ] T002 [P] Create more.txt
- [ ] T003 [P] Add a title to notes.txt
`
/** Leases of three seconds. */
const SHORT = JSON.stringify({ limits: { leaseMinutes: 0.05 } })
/** How long a test polls before it fails. */
const DEADLINE = { timeout: 60_000, interval: 50 }

function ledgerOf(project: Project): Record<string, unknown>[] {
  const folder = '.redgreen/ledger/001-stack'
  const [file = ''] = readdirSync(path.join(project.root, folder))
  const lines = project.read(`${folder}/${file}`).trim().split('\n')
  return lines.map(line => JSON.parse(line))
}

/** The environment of a server whose clock is some hours ahead. */
function clockAhead(hours: number): Record<string, string> {
  const script = `const now = Date.now; const by = ${hours} * 3600000
    globalThis.Date = class extends Date {
      constructor(...given) { given.length === 0 ? super(now() + by) : super(...given) }
      static now() { return now() + by }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

/** A second worktree of the project, whose files are committed for it. */
function worktreeOf(project: Project): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: project.root,
      stdio: 'ignore',
    })
  git('add', '-A')
  git('commit', '-qm', 'plan')
  const other = `${project.root}-other`
  git('worktree', 'add', other)
  onTestFinished(() => void execFileSync('rm', ['-rf', other]))
  return other
}

describe('a lease', () => {
  it('refuses its task to others and names its holder', async () => {
    const project = stackProject(PLAN)
    const one = await connect(project.root)
    const two = await connect(project.root)
    await one.call('next_task', { task: 'T001' })
    const refused = await two.call('next_task', { task: 'T001' })
    expect(refused.code).toBe('claimed')
    expect(refused.text).toMatch(/test \(process \d+\) has worked on T001 since 20/)
    expect(refused.text).toMatch(/ends at \S+ or with that process\./)
    expect(refused.text).not.toContain('`claim`')
  })

  it('can be taken over after it has expired, and a late result is refused', async () => {
    const project = stackProject(PLAN, { 'redgreen.config.json': SHORT, 'notes.txt': 'x' })
    const one = await connect(project.root)
    const two = await connect(project.root)
    await one.call('next_task', { task: 'T001' })
    await vi.waitFor(async () => {
      expect((await two.call('next_task', { task: 'T001' })).code).toBeUndefined()
    }, DEADLINE)
    expect(await one.call('record_green', { task: 'T001' })).toMatchObject({ code: 'claimed' })
    await two.close()
    // The process that took it is gone. An earlier result still comes too late, until the task is taken again.
    const late = await one.call('record_green', { task: 'T001' })
    expect(late.text).toMatch(/^\[claimed\] Your lease on T001 expired, and test/)
    await one.call('next_task', { task: 'T001' })
    expect((await one.call('record_green', { task: 'T001' })).data).toMatchObject({
      stage: 'green',
    })
    const released = ledgerOf(project).filter(({ kind }) => kind === 'released')
    expect(released).toMatchObject([{ task: 'T001', why: 'expired' }, { task: 'T001' }])
  })

  it.skipIf(process.platform !== 'linux')(
    'does not expire early for a server whose clock is ahead',
    async () => {
      const project = stackProject(PLAN)
      const one = await connect(project.root)
      const ahead = await connect(project.root, { env: clockAhead(1) })
      await one.call('next_task', { task: 'T001' })
      expect(await ahead.call('next_task', { task: 'T001' })).toMatchObject({ code: 'claimed' })
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'expires in time for a server whose clock is behind',
    async () => {
      const project = stackProject(PLAN, { 'redgreen.config.json': SHORT })
      const one = await connect(project.root)
      const back = await connect(project.root, { env: clockAhead(-1) })
      await one.call('next_task', { task: 'T001' })
      await vi.waitFor(async () => {
        expect((await back.call('next_task', { task: 'T001' })).code).toBeUndefined()
      }, DEADLINE)
      expect(ledgerOf(project).map(({ kind }) => kind)).toEqual(['start', 'released'])
      expect(await one.call('record_green', { task: 'T001' })).toMatchObject({ code: 'claimed' })
    },
  )

  it('of a killed server ends at once', async () => {
    const project = stackProject(PLAN)
    const one = await connect(project.root)
    await one.call('next_task', { task: 'T002' })
    process.kill(one.pid, 'SIGKILL')
    const two = await connect(project.root)
    await vi.waitFor(async () => {
      expect((await two.call('next_task', { task: 'T002' })).code).toBeUndefined()
    }, DEADLINE)
    expect(ledgerOf(project).at(-1)).toMatchObject({ kind: 'released', why: 'gone' })
  })

  it('holds in every worktree of the clone, for the task and for its files', async () => {
    const project = stackProject(PLAN)
    const other = worktreeOf(project)
    const one = await connect(project.root)
    const two = await connect(other)
    await one.call('next_task', { task: 'T001' })
    expect(await two.call('next_task', { task: 'T001' })).toMatchObject({ code: 'claimed' })
    expect(await two.call('next_task', { task: 'T003' })).toMatchObject({ code: 'not_ready' })
    expect((await two.call('next_task')).data).toMatchObject({ task: { id: 'T002' } })
    expect(readdirSync(path.join(other, '.redgreen/local'))).not.toContain('leases')
  })

  it('blocks tasks of another feature on the same files', async () => {
    const project = stackProject(PLAN, {
      'specs/002-queue/spec.md': '# Queue\n',
      'specs/002-queue/plan.md': '# Plan\n',
      'specs/002-queue/tasks.md': '## Setup\n- [ ] T001 Extend notes.txt\n',
    })
    const one = await connect(project.root)
    const two = await connect(project.root)
    await one.call('next_task', { feature: '001-stack', task: 'T001' })
    const refused = await two.call('next_task', { feature: '002-queue', task: 'T001' })
    expect(refused.text).toContain('T001 of 001-stack (it also changes notes.txt)')
    await one.close()
    await vi.waitFor(async () => {
      const started = await two.call('next_task', { feature: '002-queue' })
      expect(started.data).toMatchObject({ task: { id: 'T001' } })
    }, DEADLINE)
  })
})

describe('a lease that expires while its holder is suspended', () => {
  it('and is taken over in another worktree: the last step of the first holder is refused', async () => {
    const project = stackProject(PLAN, { 'redgreen.config.json': SHORT, 'notes.txt': 'x' })
    const other = worktreeOf(project)
    const call = callAt(project.root, 'sleeper')
    await nextTask(call, { task: 'T001' })
    const { link } = disk
    onTestFinished(() => void (disk.link = link))
    // The holder is suspended at the last moment: its step is written, but not yet committed.
    disk.link = (from, to) => {
      if (!/commits.001-stack.\d+$/.test(to)) return link(from, to)
      disk.link = link
      const state = stateOf({ root: other })
      takeLeaseNow(state, {
        feature: '001-stack',
        task: 'T001',
        files: [],
        by: createHolder('waker', 'waker', process.pid),
        now: readClocks(),
        leaseMinutes: 30,
      })
      return link(from, to)
    }
    await expect(recordGreen(call, { task: 'T001' })).rejects.toMatchObject({ code: 'claimed' })
    expect(disk.link).toBe(link)
    expect(ledgerOf(project).map(({ kind }) => kind)).toEqual(['start'])
  })
})
