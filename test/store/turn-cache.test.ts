import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { cachedForTurn, enableTurnCache } from '../../src/store/turn-cache.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openContext } from '../../src/workflow/context/transaction.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, stackProject } from '../kit/project.ts'

/** A cached function that returns how often it has run. */
function countingRead() {
  let count = 0
  return cachedForTurn((_argument: { workspace: { root: string } }) => (count += 1))
}

it('runs a cached function once until the event loop continues', async () => {
  const workspace = { root: '/project' }
  enableTurnCache(workspace)
  const read = countingRead()
  expect([read({ workspace }), read({ workspace })]).toEqual([1, 1])
  await Promise.resolve()
  expect(read({ workspace })).toBe(1)
  await nextTurn()
  expect(read({ workspace })).toBe(2)
})

it('does not cache for a workspace that no step has opened, such as a temporary checkout', () => {
  const workspace = { root: '/project' }
  const read = countingRead()
  expect([read({ workspace }), read({ workspace })]).toEqual([1, 2])
  enableTurnCache({ root: '/project' })
  expect(read({ workspace })).toBe(3)
})

it('takes a new tree of the files after the step has awaited something', async () => {
  const project = makeProject({ 'a.txt': '1' })
  const workspace = { root: project.root }
  enableTurnCache(workspace)
  const before = await takeTree(workspace)
  project.write('a.txt', '2')
  await nextTurn()
  const after = await takeTree(workspace)
  expect(after.files['a.txt']).not.toBe(before.files['a.txt'])
  expect((await takeTree({ root: project.root })).hash).toBe(after.hash)
})

it('does not share cached values between steps', async () => {
  const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', { 'notes.txt': '1' })
  const call = callAt(project.root)
  // Git has listed the files, so nothing below waits for it.
  await takeTree((await openContext(call)).workspace)
  const before = await takeTree((await openContext(call)).workspace)
  project.write('notes.txt', '2')
  const after = await takeTree((await openContext(call)).workspace)
  expect(after.hash).not.toBe(before.hash)
})
