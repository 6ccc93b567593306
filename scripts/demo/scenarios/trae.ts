import type { FileUpdate } from '../scenario.ts'
import { eggtimerScenario } from './eggtimer.ts'

const PATH = '.trae/specs/cooking-times/tasks.md'
const BOXES: FileUpdate = {
  changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ }],
}

/** Eggtimer, planned with Trae: the boxes of a task are ticked with it. */
export const trae = eggtimerScenario({
  example: 'trae',
  feature: 'trae~specs~cooking-times',
  tasks: ['1', '2', '3'],
  tick: { path: PATH, from: '- [ ] Task 3:', to: '- [x] Task 3:' },
  updates: { [PATH]: BOXES },
})
