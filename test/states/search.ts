import * as z from 'zod'
import { commandLines, fixNamed, followAdvice, prepare, restoreNamed, type Step } from './follow.ts'
import { moves, pick, type Choose } from './moves.ts'
import { createWorld, type Part, type World } from './world.ts'

/** What one walk found. */
export interface Walk {
  seed: number
  /** Every state of a task that was seen, in words. */
  states: Set<string>
  /** How often each refusal was met, and how often the search followed its advice. */
  refusals: Map<string, number>
  followed: number
  /** What happened, a line for each move and call. */
  trace: string[]
  /** Why the end was not reached; `undefined` if it was. */
  stuck: string | undefined
}

/**
 * First `length` random moves of the given names, then an honest assistant that does only what the answers say, until the
 * feature is validated.
 */
export async function walk(
  seed: number,
  length: number,
  names: readonly string[] = Object.keys(moves),
): Promise<Walk> {
  const world = createWorld()
  const choose = chooser(seed)
  const found: Walk = {
    seed,
    states: new Set(),
    refusals: new Map(),
    followed: 0,
    trace: [],
    stuck: undefined,
  }
  const weighted = names.flatMap(name =>
    Array.from({ length: moves[name]?.weight ?? 0 }, () => name),
  )
  for (let count = 0; count < length; count += 1) {
    await move(world, pick(weighted, choose), choose, found)
  }
  found.trace.push('From here on only what the answers say:')
  found.stuck = await finish(world, found)
  return found
}

async function move(world: World, name: string, choose: Choose, found: Walk): Promise<void> {
  const outcome = await moves[name]?.move(world, choose)
  const code = outcome && 'refusal' in outcome ? outcome.refusal.code : undefined
  found.trace.push(code === undefined ? name : `${name} [${code}]`)
  if (code !== undefined) increase(found.refusals, code)
  for (const state of await world.states()) found.states.add(state)
}

/** More than an honest assistant needs for five tasks, each of them in the worst state. */
const MAX_CALLS = 120
/** How often the same refusal of the same call may come before its advice counts as wrong. */
const MAX_REPEATS = 4

async function finish(world: World, found: Walk): Promise<string | undefined> {
  let step: Step = { tool: 'next_task', input: {} }
  const met = new Map<string, number>()
  for (let count = 0; count < MAX_CALLS; count += 1) {
    const part = partOf(world, step)
    const outcome = await world.call('first', step.tool, step.input)
    for (const state of await world.states()) found.states.add(state)
    if ('answer' in outcome) {
      found.trace.push(`${step.tool} ${JSON.stringify(step.input)}`)
      const { passed, next } = outcome.answer
      if (passed === false) {
        found.trace.push(JSON.stringify(outcome.answer))
        fixNamed(world, JSON.stringify(outcome.answer))
        restoreNamed(world, JSON.stringify(outcome.answer))
      }
      if (step.tool === 'run_validation' && passed === true) return undefined
      const following = await followNext(world, next)
      if (!following)
        return `The answer to ${step.tool} names no next step: ${JSON.stringify(next)}`
      step = following
      continue
    }
    const { code, message } = outcome.refusal
    found.trace.push(
      `${step.tool} ${JSON.stringify(step.input)} [${code}] ${message.split('\n')[0] ?? ''}`,
    )
    increase(found.refusals, code)
    const { task, late } = step.input
    const key = `${step.tool} ${String(task)} ${String(late)} ${code}`
    const times = met.get(key) ?? 0
    if (times >= MAX_REPEATS) return `The advice does not help: [${code}] ${message}`
    met.set(key, times + 1)
    const advised = await followAdvice(world, { code, text: message, step, part }, times)
    if (!advised) return `The refusal names nothing to do: [${code}] ${message}`
    found.followed += 1
    step = advised
  }
  return `Not finished after ${MAX_CALLS} calls.`
}

const NEXT = z.looseObject({
  tool: z.string().nullable(),
  arguments: z.record(z.string(), z.unknown()),
  say: z.string(),
})

/** Does what an answer asks for before its next call, and returns that call. */
async function followNext(world: World, next: unknown): Promise<Step | undefined> {
  const { tool, arguments: input, say } = NEXT.parse(next)
  if (tool !== null) {
    const step = { tool, input }
    return prepare(world, step, partOf(world, step))
  }
  const [line] = commandLines(say)
  if (line === undefined) return undefined
  await world.human(line)
  return { tool: 'next_task', input: {} }
}

function partOf({ parts }: World, { input }: Step): Part | undefined {
  return parts.find(({ id }) => id === input['task'])
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Random choices from a seed, by mulberry32. */
function chooser(seed: number): Choose {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0
  }
}
