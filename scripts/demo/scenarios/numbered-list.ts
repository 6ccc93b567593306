import type { FileUpdate, Scenario, Tick } from '../scenario.ts'
import { eggtimerScenario, type EggtimerDemo } from './eggtimer.ts'

/** A demo of Eggtimer whose three tasks are boxes with numbers. */
export function numberedScenario(
  demo: Omit<EggtimerDemo, 'tick' | 'updates'> & { path: string },
): Scenario {
  const { path, ...rest } = demo
  const last = demo.tasks[2]
  const number = last.includes('.') ? last : `${last}.`
  const tick: Tick = { path, from: `- [ ] ${number} `, to: `- [x] ${number} ` }
  const update: FileUpdate = {
    changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= \d)/, to: /(?<=^ *- )\[x\](?= \d)/ }],
  }
  return eggtimerScenario({ ...rest, tick, updates: { [path]: update } })
}
