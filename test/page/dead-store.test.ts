import { expect, it } from 'vitest'
import { WorkspaceBoard } from '../../src/page/board.ts'
import { projectWithDeadStore } from '../kit/dead-store.ts'

it('the page waits once for a store that cannot be reached, whatever the number of features', async () => {
  const { project, attempts } = await projectWithDeadStore()
  const board = new WorkspaceBoard({ name: 'stack', root: project.root })
  const { features, problem } = await board.view(new AbortController().signal)
  expect(problem).toBeNull()
  expect(features.map(({ key }) => key)).toEqual(['001-one', '002-two', '003-three'])
  expect(attempts()).toBe(1)
})
