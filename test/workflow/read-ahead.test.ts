import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { disk } from '../../src/store/disk.ts'
import { clearFolderCache } from '../../src/store/files.ts'
import type * as GitProcess from '../../src/store/git-process.ts'
import { runGitProcess } from '../../src/store/git-process.ts'
import { forgetBase } from '../../src/store/snapshot-base.ts'
import { stateOf } from '../../src/store/state.ts'
import type * as TreeModule from '../../src/store/tree.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { readAhead } from '../../src/workflow/read-ahead.ts'
import { callAt } from '../kit/call.ts'
import { countVisits } from '../kit/count-visits.ts'
import { stackProject, type Project } from '../kit/project.ts'

vi.mock('../../src/store/git-process.ts', async actual => {
  const module = await actual<typeof GitProcess>()
  return { ...module, runGitProcess: vi.fn(module.runGitProcess) }
})

vi.mock('../../src/store/tree.ts', async actual => {
  const module = await actual<typeof TreeModule>()
  return { ...module, takeTree: vi.fn(module.takeTree) }
})

const COUNT = 200

/** A plan whose tasks have titles of their own, because what follows from the same text is known already. */
function projectOf(name: string): Project {
  const tasks = Array.from(
    { length: COUNT },
    (_, at) => `- [ ] T${100 + at} Create ${name}${at}.txt`,
  )
  return stackProject(`## Setup\n${tasks.join('\n')}\n`)
}

/** Every file below a folder with its content. */
function filesOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const plain = files.filter(file => statSync(path.join(root, file)).isFile())
  return Object.fromEntries(plain.map(file => [file, readFileSync(path.join(root, file), 'utf8')]))
}

const isPlan = (list: readonly unknown[]) => {
  const first = list[0]
  return list.length >= COUNT && typeof first === 'object' && first !== null && 'markers' in first
}

describe('reading ahead', () => {
  it('writes nothing, neither next to the plan nor in the folder of git', async () => {
    const project = projectOf('quiet')
    const before = filesOf(project.root)
    await readAhead(callAt(project.root), () => false)
    expect(filesOf(project.root)).toEqual(before)
  })

  it('leaves less to do for the first next_task, which answers the same', async () => {
    const [ahead, cold] = [projectOf('ahead'), projectOf('cold')]
    await readAhead(callAt(ahead.root), () => false)
    const titles: (string | undefined)[] = []
    const first = (project: Project) =>
      countVisits(isPlan, async () => {
        titles.push((await nextTask(callAt(project.root), {})).task?.title)
      })
    const visits = [await first(ahead), await first(cold)]
    expect(titles).toEqual(['Create ahead0.txt', 'Create cold0.txt'])
    expect(visits[0]).toBeLessThan((visits[1] ?? 0) / 2)
  })

  it('leaves neither git nor folders to the server that continues the task of one that ended', async () => {
    const first = async (isAhead: boolean) => {
      const project = projectOf(isAhead ? 'again' : 'anew')
      const call = callAt(project.root)
      await nextTask({ ...call, holder: { ...call.holder, id: 'ended', startTime: '1' } }, {})
      const workspace = openWorkspace(project.root)
      if (workspace) forgetBase(stateOf(workspace))
      clearFolderCache()
      if (isAhead) await readAhead(callAt(project.root), () => false)
      const sync = vi.spyOn(disk, 'sync').mockClear()
      vi.mocked(runGitProcess).mockClear()
      expect((await nextTask(call, {})).task?.id).toBe('T100')
      return { git: vi.mocked(runGitProcess).mock.calls.length, syncs: sync.mock.calls.length }
    }
    const cold = await first(false)
    const ahead = await first(true)
    expect(cold.git).toBeGreaterThan(0)
    expect(ahead.git).toBe(0)
    expect(ahead.syncs).toBeLessThan(cold.syncs)
  })

  it('reads the source files, unless they are so many that other calls would wait', async () => {
    const taken = vi.mocked(takeTree)
    const project = projectOf('few')
    taken.mockClear()
    await readAhead(callAt(project.root), () => false)
    expect(taken).toHaveBeenCalledTimes(1)
    for (let at = 0; at < 1000; at += 1) project.write(`data/${at}.txt`, '')
    taken.mockClear()
    await readAhead(callAt(project.root), () => false)
    expect(taken).not.toHaveBeenCalled()
  })

  it('stops when a call has come', async () => {
    const project = projectOf('over')
    const whole = await countVisits(isPlan, () =>
      readAhead(callAt(projectOf('whole').root), () => false),
    )
    const part = await countVisits(isPlan, () => readAhead(callAt(project.root), () => true))
    expect(part).toBeLessThan(whole)
  })

  it('throws what the first call would refuse', async () => {
    const project = stackProject('# No tasks\n')
    await expect(readAhead(callAt(project.root), () => false)).rejects.toThrow(/task/)
  })
})
