import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { callAt } from '../kit/call.ts'
import { makeForge } from '../kit/clones.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 Create one.txt\n- [ ] T002 Create two.txt\n'

it('each step pushes once to the git remote that several clones share', async () => {
  const forge = makeForge(PLAN)
  const one = forge.clone('one')
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', forge.remote, ...args], { encoding: 'utf8' }).trim()
  const pushed = () => {
    const [name = ''] = git('for-each-ref', '--format=%(refname)', 'refs/redgreen-shared').split(
      '\n',
    )
    return name === '' ? 0 : Number(git('rev-list', '--count', name))
  }
  const counts: number[] = []
  const step = async (work: Promise<unknown>) => {
    const before = pushed()
    await work
    counts.push(pushed() - before)
  }
  await step(nextTask(callAt(one.root, 'one'), {}))
  one.write('one.txt', 'T001\n')
  await step(recordGreen(callAt(one.root, 'one'), { task: 'T001' }))
  await step(markComplete(callAt(one.root, 'one'), { task: 'T001' }))
  expect(counts).toEqual([1, 1, 1])
  const { leaseTable, histories } = await loadContext(callAt(one.root, 'one'))
  expect(leaseTable.leases).toEqual({})
  expect(histories.get('T001')?.stage).toBe('done')
})
