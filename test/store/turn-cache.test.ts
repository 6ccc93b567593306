import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { cachedForTurn, enableTurnCache } from '../../src/store/turn-cache.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openContext } from '../../src/workflow/context/transaction.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, stackProject } from '../kit/project.ts'

/** A look that counts how often it really looked. */
function countedLook() {
  let count = 0
  return cachedForTurn((_asked: { workspace: { root: string } }) => (count += 1))
}

it('the looks of a step are one look until it waits for something', async () => {
  const workspace = { root: '/project' }
  enableTurnCache(workspace)
  const look = countedLook()
  expect([look({ workspace }), look({ workspace })]).toEqual([1, 1])
  await Promise.resolve()
  expect(look({ workspace })).toBe(1)
  await nextTurn()
  expect(look({ workspace })).toBe(2)
})

it('what no step has opened, such as a temporary checkout, is looked at each time', () => {
  const workspace = { root: '/project' }
  const look = countedLook()
  expect([look({ workspace }), look({ workspace })]).toEqual([1, 2])
  enableTurnCache({ root: '/project' })
  expect(look({ workspace })).toBe(3)
})

it('a tree that is taken after something was waited for has the files as they are then', async () => {
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

it('each step has looks of its own', async () => {
  const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', { 'notes.txt': '1' })
  const call = callAt(project.root)
  // From here on nothing is waited for, because git has listed the files.
  await takeTree((await openContext(call)).workspace)
  const before = await takeTree((await openContext(call)).workspace)
  project.write('notes.txt', '2')
  const after = await takeTree((await openContext(call)).workspace)
  expect(after.hash).not.toBe(before.hash)
})
