import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { filesCoordinator } from '../../../src/store/coordinator/files.ts'
import { ensureState, stateOf } from '../../../src/store/state.ts'
import { describeStore } from './conformance.ts'

describeStore({
  name: 'the files of a clone',
  // Without a number of the start of the machine there is only the wall clock.
  extras: process.platform === 'linux' ? ['clock'] : [],
  async start() {
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-store-')))
    ensureState(stateOf({ root }))
    return {
      open: async () => filesCoordinator(stateOf({ root })),
      remove: async () => rmSync(root, { recursive: true, force: true }),
    }
  },
})
