import { describeStore } from './conformance.ts'
import { TestRemote } from './git/remote.ts'

describeStore({
  name: 'a git remote',
  extras: ['commits'],
  isSlow: true,
  async start() {
    const remote = new TestRemote()
    return {
      open: async () => remote.open(),
      remove: async () => remote.remove(),
    }
  },
})
