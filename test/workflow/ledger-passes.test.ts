import { expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { writeHookState } from '../../src/workflow/hook-state.ts'
import { recordGreen } from '../../src/workflow/record-green.ts'
import { callAt } from '../kit/call.ts'
import { countVisits } from '../kit/count-visits.ts'
import { stackProject, type Project } from '../kit/project.ts'

const FINISHED = 10
const EVENTS = 2000
/** To find the first start of a feature takes one look. */
const A_FEW = 10

/** The lines of a ledger in which tasks were started, perhaps many times, and done. */
function longLedger(finished: number, events: number): string {
  const { settings, tree } = { settings: 'none', tree: '0'.repeat(64) }
  let prev: string = GENESIS
  const lines = Array.from({ length: events }, (_, at) => {
    const task = `T${String(100 + Math.floor(at / (events / finished)))}`
    const isLast = (at + 1) % (events / finished) === 0
    const body = isLast
      ? { kind: 'done', provenAs: 'check', suite: 'none', marks: [], proof: [] }
      : { kind: 'start', title: `Create ${task}.txt`, names: [`${task}.txt`], provenAs: 'check' }
    const place = { task, settings, tree, feature: '001-stack', by: 'earlier' }
    const line = sealLine(
      { ...body, ...place, at: '2026-01-01T00:00:00.000Z' },
      { seq: at + 1, prev },
    )
    prev = String(JSON.parse(line).hash)
    return line
  })
  return `${lines.join('\n')}\n`
}

function longProject(finished = FINISHED, events = EVENTS): Project {
  const tasks = Array.from({ length: finished + 3 }, (_, at) => {
    const id = `T${String(100 + at)}`
    return `- [${at < finished ? 'X' : ' '}] ${id} Create ${id}.txt`
  })
  return stackProject(`## Setup\n${tasks.join('\n')}\n`, {
    '.redgreen/ledger/001-stack/0123456789.jsonl': longLedger(finished, events),
  })
}

const isLedger = (list: readonly unknown[]) => {
  // Not taken apart, because that would count as a loop.
  const first = list[0]
  return list.length >= EVENTS && typeof first === 'object' && first !== null && 'prev' in first
}

/** What each step visits of the lists that are counted. */
async function finishTask(
  call: Call,
  project: Project,
  isCounted: typeof isLedger,
): Promise<Record<string, number>> {
  let task = ''
  const start = await countVisits(isCounted, async () => {
    task = (await nextTask(call, {})).task?.id ?? ''
    await writeHookState(call)
  })
  project.write(`${task}.txt`, `the text of ${task}\n`)
  const green = await countVisits(isCounted, async () => {
    await recordGreen(call, { task })
    await writeHookState(call)
  })
  const mark = await countVisits(isCounted, async () => {
    await markComplete(call, { task })
    await writeHookState(call)
  })
  return { start, green, mark }
}

it('to start, prove and finish a task takes no pass over a long ledger', async () => {
  const project = longProject()
  const call = callAt(project.root)
  // A process reads the whole ledger once.
  await finishTask(call, project, isLedger)
  const visits = await finishTask(call, project, isLedger)
  expect(Object.entries(visits).filter(([, count]) => count > A_FEW)).toEqual([])
})

const TASKS = 400

/** Each new plan, with one mark more, is looked at by what follows from it. */
const MAX_PASSES: Record<string, number> = { start: 5, green: 1, mark: 7 }

const isPlan = (list: readonly unknown[]) => {
  const first = list[0]
  return list.length >= TASKS && typeof first === 'object' && first !== null && 'markers' in first
}

it('to start, prove and finish a task takes few passes over a long plan', async () => {
  const tasks = Array.from(
    { length: TASKS },
    (_, at) => `- [ ] T${100 + at} Create T${100 + at}.txt`,
  )
  const project = stackProject(`## Setup\n${tasks.join('\n')}\n`)
  const call = callAt(project.root)
  await finishTask(call, project, isPlan)
  const visits = await finishTask(call, project, isPlan)
  const passes = Object.entries(visits).map(([step, count]) => ({ step, count: count / TASKS }))
  const tooMany = passes.filter(({ step, count }) => count > (MAX_PASSES[step] ?? 0) + 0.5)
  expect(tooMany).toEqual([])
})

it('to ask again what is next takes no pass over tasks, events or proofs', async () => {
  const project = longProject(TASKS, 2 * TASKS)
  const call = callAt(project.root)
  const ask = async () => {
    await nextTask(call, {})
    await writeHookState(call)
  }
  // The first call starts the task, and the second one derives what follows from that.
  await ask()
  await ask()
  expect(await countVisits(list => list.length >= TASKS, ask)).toBeLessThan(A_FEW)
})
