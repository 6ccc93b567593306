import { expect, it, onTestFinished } from 'vitest'
import { Watch } from '../../src/server/watch.ts'
import { callAt } from '../kit/call.ts'
import { projectWithDeadStore } from '../kit/dead-store.ts'

it('subscriptions to several features wait once for a store that cannot be reached', async () => {
  const { project, attempts } = await projectWithDeadStore()
  const watch = new Watch(
    async feature => ({ ...callAt(project.root), feature }),
    async () => {},
  )
  onTestFinished(() => watch.stop())
  await watch.add(['001-one', '002-two', '003-three'].map(key => `redgreen://${key}/progress`))
  expect(attempts()).toBe(1)
})
