import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { writeHookState } from '../../src/workflow/hook-state.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { callAt } from '../kit/call.ts'
import { stackProject } from '../kit/project.ts'

vi.mock(import('node:fs'), { spy: true })

const PLAN = '## Setup\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

/** How often the disk was asked about a path since the last time. */
function questions(): number {
  const asked = [existsSync, lstatSync, readdirSync, realpathSync.native, statSync]
  const count = asked.reduce((sum, ask) => sum + vi.mocked(ask).mock.calls.length, 0)
  vi.clearAllMocks()
  return count
}

it('a step asks the disk about few paths, although a project could have hundreds of files with a meaning', async () => {
  const project = stackProject(PLAN, { 'one.txt': 'first\n', 'two.txt': 'second\n' })
  const call = callAt(project.root)
  const finish = async (task: string, file: string) => {
    questions()
    await nextTask(call, {})
    const start = questions()
    await nextTask(call, {})
    await writeHookState(call)
    const again = questions()
    project.write(file, 'other words\n')
    await recordGreen(call, { task })
    const green = questions()
    await markComplete(call, { task })
    return { start, again, green, mark: questions() }
  }
  await finish('T001', 'one.txt')
  const counts = await finish('T002', 'two.txt')
  const tooMany = Object.entries(counts).filter(([step, count]) => count > (MAX_READS[step] ?? 0))
  expect(tooMany).toEqual([])
})

const MAX_READS: Record<string, number> = { start: 250, again: 100, green: 220, mark: 240 }
