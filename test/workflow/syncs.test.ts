import { expect, it, onTestFinished } from 'vitest'
import { disk } from '../../src/store/disk.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { callAt } from '../kit/call.ts'
import { stackProject } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

/** How often a step waits until data is on disk. */
function countSyncs(): () => number {
  const { sync } = disk
  onTestFinished(() => void (disk.sync = sync))
  let count = 0
  disk.sync = handle => {
    count += 1
    sync(handle)
  }
  return () => {
    const before = count
    count = 0
    return before
  }
}

it('a step waits for the disk only as often as its data needs', async () => {
  const project = stackProject(PLAN, {
    'package.json': '{}',
    'one.txt': 'the first text\n',
    'two.txt': 'the second text\n',
  })
  const call = callAt(project.root)
  const syncs = countSyncs()
  const finish = async (task: string, file: string, text: string) => {
    await nextTask(call, {})
    const start = syncs()
    project.write(file, text)
    await recordGreen(call, { task })
    const green = syncs()
    await markComplete(call, { task })
    return { start, green, mark: syncs() }
  }
  // The first step of a process also makes folders.
  await finish('T001', 'one.txt', 'more of the first text\n')
  expect(await finish('T002', 'two.txt', 'more of the second text\n')).toEqual({
    // The reference of the snapshot; the lease and its name; the record of the event, its name, and its line.
    start: 6,
    // The same without a lease.
    green: 4,
    // The record of the event, its name, and its line; the plan and its name. The release of the lease may be lost.
    mark: 5,
  })
})
