import { describeStore } from '../conformance.ts'
import { TestRemote } from './remote.ts'

describeStore({
  name: 'references of a git remote',
  // A remote shows no time.
  extras: ['commits', 'attached'],
  async start() {
    const remote = new TestRemote()
    return {
      open: async () => remote.open(),
      remove: async () => remote.remove(),
    }
  },
})
