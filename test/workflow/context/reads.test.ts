import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { disk } from '../../../src/store/disk.ts'
import { readLeases } from '../../../src/store/leases/lease-table.ts'
import { finishLedger, readLedger } from '../../../src/store/ledger.ts'
import { readSettings } from '../../../src/store/settings.ts'
import { callTarget } from '../../../src/workflow/context/call-target.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { cachedPlan } from '../../../src/workflow/context/plan-cache.ts'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { writeHookState } from '../../../src/workflow/hook-state.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { callAt } from '../../kit/call.ts'
import { makeProject, stackProject, TASKS } from '../../kit/project.ts'

vi.mock(import('../../../src/store/settings.ts'), { spy: true })
vi.mock(import('../../../src/store/ledger.ts'), { spy: true })
vi.mock(import('../../../src/store/leases/lease-table.ts'), { spy: true })
vi.mock(import('../../../src/workflow/context/plan-cache.ts'), { spy: true })

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n- [ ] T002 Create more.txt\n'

/** How often each part of the context was read since the counters were cleared. */
function reads() {
  const counted = {
    settings: [readSettings],
    plan: [cachedPlan],
    ledger: [readLedger, finishLedger],
    leases: [readLeases],
  }
  return Object.fromEntries(
    Object.entries(counted).map(([name, readers]) => [
      name,
      readers.reduce((sum, read) => sum + vi.mocked(read).mock.calls.length, 0),
    ]),
  )
}

beforeEach(() => void vi.clearAllMocks())

describe('one mark', () => {
  it('reads everything once outside and once inside the lock, and again only what it wrote itself', async () => {
    const project = stackProject(PLAN, { 'notes.txt': 'x' })
    const call = callAt(project.root)
    await nextTask(call, {})
    await recordGreen(call, { task: 'T001' })
    vi.clearAllMocks()
    await markComplete(call, { task: 'T001' })
    // The plan after its mark, the ledger after the event, the leases to give the own one up.
    expect(reads()).toEqual({ settings: 2, plan: 3, ledger: 3, leases: 3 })
    expect(project.read(TASKS)).toBe(PLAN.replace('[ ] T001', '[X] T001'))
  })
})

describe('a call that changes nothing', () => {
  it('reads everything once, also for the file of the hook', async () => {
    const project = stackProject(PLAN)
    const call = callAt(project.root)
    await nextTask(call, {})
    await writeHookState(call)
    vi.clearAllMocks()
    await nextTask(call, {})
    await writeHookState(call)
    expect(reads()).toEqual({ settings: 1, plan: 1, ledger: 1, leases: 1 })
  })
})

describe('the target of a call', () => {
  it('is found once for the call and its step', async () => {
    const call = callAt(stackProject(PLAN).root)
    await callTarget(call)
    await loadContext({ ...call })
    expect(reads()).toMatchObject({ settings: 1 })
    await loadContext(call)
    expect(reads()).toMatchObject({ settings: 2 })
  })

  it('is found again after something was waited for, and for another feature', async () => {
    const project = stackProject(PLAN)
    const call = callAt(project.root)
    await callTarget(call)
    await nextTurn()
    project.write('redgreen.config.json', '{"limits":{"fullRuns":7}}')
    expect((await loadContext(call)).settings.limits.fullRuns).toBe(7)
    project.write('specs/002-queue/spec.md', '# Queue\n')
    project.write('specs/002-queue/plan.md', '# Plan\n')
    project.write('specs/002-queue/tasks.md', PLAN)
    await callTarget({ ...call, feature: '001-stack' })
    expect((await loadContext({ ...call, feature: '002-queue' })).key).toBe('002-queue')
  })
})

describe('a file that somebody saves between the read and the write', () => {
  it('gets the mark of the task at its new place', async () => {
    const project = stackProject(PLAN, { 'notes.txt': 'x' })
    const call = callAt(project.root)
    await nextTask(call, {})
    await recordGreen(call, { task: 'T001' })
    // The new line is as long as the one that it moves, so that the old offset is a box too.
    const saved = PLAN.replace('\n', '\n- [ ] T000 Create first.txt\n')
    beforeCommit(() => project.write(TASKS, saved))
    await markComplete(call, { task: 'T001' })
    expect(project.read(TASKS)).toBe(saved.replace('[ ] T001', '[X] T001'))
  })

  it('gets the mark of a task that is started at its new place', async () => {
    const plan = 'conductor/tracks/tides/plan.md'
    const text = '# Plan\n\n## Phase 1\n- [ ] Task 2: Create notes.txt\n'
    const project = makeProject({
      'conductor/tracks.md':
        '# Tracks\n\n## [ ] Track: Tides\n*Link: [./tracks/tides/](./tracks/tides/)*\n',
      'conductor/tracks/tides/spec.md': '# Spec\n',
      [plan]: text,
    })
    const saved = text.replace('Phase 1\n', 'Phase 1\n- [ ] Task 1: Create first.txt\n')
    beforeCommit(() => project.write(plan, saved))
    const { task } = await nextTask(callAt(project.root), {})
    expect(task?.title).toContain('notes.txt')
    expect(project.read(plan)).toBe(
      saved.replace('[ ] Task 2: Create notes', '[~] Task 2: Create notes'),
    )
  })
})

/** Runs `work` once, just before the next event is recorded: the decision is made, and nothing is written yet. */
function beforeCommit(work: () => void): void {
  const { link } = disk
  const restore = () => void (disk.link = link)
  onTestFinished(restore)
  disk.link = (from, to) => {
    if (/commits.[^/]+.\d+$/.test(to)) {
      restore()
      work()
    }
    link(from, to)
  }
}
