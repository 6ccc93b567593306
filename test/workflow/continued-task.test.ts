import { appendFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { disk } from '../../src/store/disk.ts'
import * as gitProcess from '../../src/store/git-process.ts'
import { readLeases } from '../../src/store/leases/lease-table.ts'
import { stateOf } from '../../src/store/state.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { release } from '../../src/workflow/human/release.ts'
import { waive } from '../../src/workflow/human/waive.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { writeHookState } from '../../src/workflow/hook-state.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { reportFailure } from '../../src/workflow/report-failure.ts'
import { callAt } from '../kit/call.ts'
import { humanAt } from '../kit/human.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = `## Setup
- [ ] T001 Create one.txt
- [ ] T002 Create two.txt
`

let project: Project
let call: Call

beforeEach(async () => {
  project = stackProject(PLAN)
  call = callAt(project.root)
  await nextTask(call, {})
  await writeHookState(call)
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** The events of the feature, by their kind. */
async function kinds(): Promise<string[]> {
  return (await loadContext(call)).ledger.events.map(({ kind }) => kind)
}

describe('to go on with a task', () => {
  it('writes nothing and asks git nothing', async () => {
    const writes = [vi.spyOn(disk, 'rename'), vi.spyOn(disk, 'link'), vi.spyOn(disk, 'writeAt')]
    const git = vi.spyOn(gitProcess, 'runGitProcess')
    const { task } = await nextTask(call, {})
    await writeHookState(call)
    expect(task).toMatchObject({ id: 'T001', stage: 'todo' })
    for (const spy of [...writes, git]) expect(spy).not.toHaveBeenCalled()
  })

  it('writes nothing either if somebody else had the task before', async () => {
    await release(humanAt(project.root).call, ['T001'])
    const next = callAt(project.root)
    await nextTask(next, {})
    await writeHookState(next)
    const writes = [vi.spyOn(disk, 'rename'), vi.spyOn(disk, 'link'), vi.spyOn(disk, 'writeAt')]
    const { task } = await nextTask(next, {})
    await writeHookState(next)
    expect(task).toMatchObject({ id: 'T001', stage: 'todo' })
    for (const spy of writes) expect(spy).not.toHaveBeenCalled()
  })

  it('still writes the file of the hook if it is gone or says something else', async () => {
    const file = '.redgreen/local/now.json'
    const written = project.read(file)
    for (const change of [() => project.remove(file), () => project.write(file, '{}')]) {
      change()
      await nextTask(call, {})
      await writeHookState(call)
      expect(project.read(file)).toBe(written)
    }
  })

  it('writes into the file of the hook what a later step of the same call changed', async () => {
    await nextTask(call, {})
    project.write('one.txt', 'the first text\n')
    await recordGreen(call, { task: 'T001' })
    await writeHookState(call)
    expect(project.read('.redgreen/local/now.json')).toContain('"stage":"green"')
  })

  it('starts it again if its text changed before anything was proven', async () => {
    project.write(TASKS, PLAN.replace('one.txt', 'first.txt'))
    const { task } = await nextTask(call, {})
    expect(task).toMatchObject({ id: 'T001', title: 'Create first.txt' })
    expect(await kinds()).toEqual(['start', 'start'])
  })

  it('resumes it after a failure', async () => {
    await reportFailure(call, { task: 'T001', error: 'no disk' })
    await nextTask(call, { task: 'T001' })
    expect(await kinds()).toEqual(['start', 'failed', 'resumed'])
  })

  it('renews a lease that was not renewed for a while', async () => {
    const before = readLeases(stateOf({ root: project.root })).number
    const later = Date.now() + 60_000
    vi.useFakeTimers({ now: later, toFake: ['Date'] })
    await nextTask(call, {})
    vi.useRealTimers()
    expect(readLeases(stateOf({ root: project.root })).number).toBe(before + 1)
  })

  it('is refused as at the start if a document is gone', async () => {
    project.remove('specs/001-stack/plan.md')
    await expect(nextTask(call, {})).rejects.toMatchObject({ code: 'plan_invalid' })
  })

  it('is refused if the ledger is broken', async () => {
    const folder = '.redgreen/ledger/001-stack'
    const [file = ''] = readdirSync(path.join(project.root, folder))
    appendFileSync(path.join(project.root, folder, file), '{"broken":1}\n')
    await expect(nextTask(call, {})).rejects.toMatchObject({ code: 'ledger_broken' })
  })

  it('takes it anew after a human released it', async () => {
    await release(humanAt(project.root).call, ['T001'])
    const { task } = await nextTask(call, {})
    expect(task?.id).toBe('T001')
    expect((await loadContext(call)).leases.get('T001')?.holder.id).toBe(call.holder.id)
  })

  it('goes to the next one if a human waived it', async () => {
    await waive(humanAt(project.root).call, { tasks: ['T001'], reason: 'not needed' })
    expect((await nextTask(call, {})).task?.id).toBe('T002')
  })
})
