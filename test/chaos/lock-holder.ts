import { withLock } from '../../src/store/lock.ts'
import { stateOf } from '../../src/store/state.ts'

/** A process that takes the lock of a workspace, prints `held`, and keeps it. */
const [, , root = ''] = process.argv
await withLock(stateOf({ root }), () => {
  process.stdout.write('held\n')
  return new Promise(done => setTimeout(done, 60_000))
})
