import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Replica } from '../../../src/store/coordinator/replica.ts'
import { ensureState, stateOf } from '../../../src/store/state.ts'
import { chanceOf, freshSeed } from '../../chaos/figures.ts'
import { describeStore } from './conformance.ts'
import { MemoryProject } from './memory.ts'

const seed = freshSeed()
let started = 0

describeStore({
  name: 'clones of a shared store',
  extras: ['commits', 'clock'],
  async start() {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'redgreen-clones-')))
    const memory = new MemoryProject(chanceOf(seed + (started += 1)))
    return {
      async open(clone) {
        const state = stateOf({ root: path.join(folder, clone) })
        ensureState(state)
        // As if all clones were one: what is read has the same holders everywhere.
        return new Replica(await memory.open(), {
          state,
          clone,
          label: 'memory',
        })
      },
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
})
