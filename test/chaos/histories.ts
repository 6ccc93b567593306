import {
  array,
  boolean,
  check,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  type Arbitrary,
} from 'fast-check'
import { Conflict } from '../../src/store/replace-file.ts'
import { codeOf } from '../../src/store/disk.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { complete, placeAt, planOf, repaired, tasksIn } from '../kit/marker.ts'
import { failure, Killed, SimDisk, type SimOptions } from '../kit/sim-disk.ts'
import { chanceOf, type Figures } from './figures.ts'
import { onDisk, untilKilled } from './power-loss.ts'

const ROOT = '/sim'
const COUNT = 6

/** One event in the history of a feature. */
const happening = oneof(
  record({ what: constant('complete' as const), task: integer({ min: 1, max: COUNT }) }),
  record({
    what: constant('fail' as const),
    task: integer({ min: 1, max: COUNT }),
    after: integer({ min: 1, max: 90 }),
    code: constantFrom('ENOSPC', 'EIO', 'EROFS'),
    once: boolean(),
  }),
  record({
    what: constant('kill' as const),
    task: integer({ min: 1, max: COUNT }),
    after: integer({ min: 1, max: 40 }),
    power: option(integer(), { nil: undefined }),
  }),
  record({ what: constant('edit' as const), text: string({ maxLength: 5 }) }),
  record({ what: constant('restart' as const) }),
)
type Happening = typeof happening extends Arbitrary<infer T> ? T : never

/** Tries histories of completions, failing disks, kills, power cuts and edits by a human, and checks what was acknowledged. */
export function tryHistories(seed: number, runs: number, options: SimOptions = {}): Figures {
  const counts = { histories: 0, happenings: 0 }
  const holds = property(array(happening, { maxLength: 14 }), history => {
    counts.histories += 1
    counts.happenings += history.length
    return live(history, options)
  })
  const result = check(holds, { seed, numRuns: runs })
  const violations = result.failed
    ? [`seed ${seed}, path ${result.counterexamplePath}: ${JSON.stringify(result.counterexample)}`]
    : []
  return { counts, violations }
}

function live(history: readonly Happening[], options: SimOptions): boolean {
  const sim = new SimDisk(options)
  const model = { acknowledged: new Set<string>(), text: planOf(COUNT) }
  sim.put(`${ROOT}/tasks.md`, model.text)
  return onDisk(sim, () => {
    for (const one of history) happen(sim, one, model)
    sim.before = () => undefined
    const ledger = repaired(placeAt(ROOT))
    const tasks = tasksIn(ledger)
    const text = sim.text(`${ROOT}/tasks.md`)
    return (
      ledger.damage.length === 0 &&
      new Set(tasks).size === tasks.length &&
      [...model.acknowledged].every(task => tasks.includes(task)) &&
      tasks.every(task => text.includes(`[X] ${task} `)) &&
      text.replaceAll('[X]', '[ ]') === model.text
    )
  })
}

interface Model {
  acknowledged: Set<string>
  /** The text of the plan without marks. */
  text: string
}

function happen(sim: SimDisk, one: Happening, model: Model): void {
  switch (one.what) {
    case 'complete':
      return attempt(`T${one.task}`, model)
    case 'fail': {
      let left = one.after
      sim.before = operation => {
        left -= 1
        const isDue = one.once ? left === 0 : left <= 0
        if (isDue && WRITING.has(operation)) throw failure(one.code, ROOT)
      }
      attempt(`T${one.task}`, model)
      sim.before = () => undefined
      return
    }
    case 'kill': {
      const { power, after, task } = one
      const isOver = untilKilled(sim, after, () => attempt(`T${task}`, model))
      if (!isOver && power !== undefined) sim.losePower(chanceOf(power))
      return clearChainCache()
    }
    case 'edit': {
      const line = `\n${one.text.replaceAll(/[[\]\n\r]/g, '')}`
      model.text += line
      return sim.put(`${ROOT}/tasks.md`, sim.text(`${ROOT}/tasks.md`) + line)
    }
    case 'restart':
      return clearChainCache()
  }
}

const WRITING = new Set(['open', 'writeAt', 'sync', 'link', 'rename', 'makeFolder'])

/** A refusal is an accepted result. The step may still be recorded: a crash can hide that it was. */
function attempt(task: string, model: Model): void {
  try {
    const commit = complete(placeAt(ROOT), task, ME)
    if (commit !== undefined) model.acknowledged.add(task)
  } catch (error) {
    const isExpected = error instanceof Conflict || codeOf(error) !== undefined
    if (error instanceof Killed || !isExpected) throw error
  }
}

const ME = createHolder('me', 'me', process.pid)
