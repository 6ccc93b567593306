import { sourceOf, testFileOf, writeCode, writeTest } from './contents.ts'
import { TASKS } from '../kit/project.ts'
import {
  ADDED,
  callers,
  lineOf,
  planOf,
  type Caller,
  type Outcome,
  type Part,
  type World,
} from './world.ts'

/** A random choice: a number from 0 up to, but not including, `below`. */
export type Choose = (below: number) => number

/** One thing that an assistant or a human does, in order or out of order. */
export type Move = (world: World, choose: Choose) => Promise<Outcome | undefined>

// The right text more often, so that the search gets further than the first refusal.
const TESTS = ['right', 'right', 'right', 'mistaken', 'vacuous', 'broken', 'renamed'] as const
const CODES = ['right', 'right', 'right', 'wrong', 'stub', 'broken'] as const

/** Everything that may happen, by name, with its weight. */
export const moves: Readonly<Record<string, { weight: number; move: Move }>> = {
  next_task: { weight: 8, move: call('next_task', () => ({})) },
  'next_task of a task': { weight: 4, move: call('next_task', ({ id }) => ({ task: id })) },
  record_red: {
    weight: 8,
    move: call('record_red', part => ({ task: part.id, tests: [testFileOf(part)] })),
  },
  'record_red late': {
    weight: 2,
    move: call('record_red', part => ({ task: part.id, tests: [testFileOf(part)], late: true })),
  },
  record_green: { weight: 8, move: call('record_green', ({ id }) => ({ task: id })) },
  mark_complete: {
    weight: 6,
    move: call('mark_complete', ({ id }) => ({ task: id, refactor: 'nothing to clean up' })),
  },
  report_failure: {
    weight: 3,
    move: call('report_failure', ({ id }) => ({ task: id, error: 'It does not work.' })),
  },
  run_validation: { weight: 2, move: call('run_validation', () => ({})) },
  'write a test': {
    weight: 10,
    move: change((world, part, choose) => {
      if (part.kind !== 'check') writeTest(world, part, pick(TESTS, choose))
    }),
  },
  'write code': {
    weight: 10,
    move: change((world, part, choose) => writeCode(world, part, pick(CODES, choose))),
  },
  'remove a test': {
    weight: 1,
    move: change((world, part) => removeIfThere(world, testFileOf(part))),
  },
  'remove code': {
    weight: 1,
    move: change((world, part) => removeIfThere(world, sourceOf(part))),
  },
  'tick by hand': {
    weight: 2,
    move: change((world, { id }) => editPlan(world, `- [ ] ${id} `, `- [X] ${id} `)),
  },
  'untick by hand': {
    weight: 2,
    move: change((world, { id }) => editPlan(world, `- [X] ${id} `, `- [ ] ${id} `)),
  },
  'reword a task': {
    weight: 1,
    move: change((world, { id }) => editPlan(world, `${id} `, `${id} Carefully `)),
  },
  'remove a task': {
    weight: 1,
    move: change((world, { id }) => world.write(TASKS, withoutLine(planOf(world), id))),
  },
  'add a task': {
    weight: 1,
    move: change(world =>
      world.write(TASKS, `${withoutLine(planOf(world), ADDED.id)}${lineOf(ADDED)}\n`),
    ),
  },
  commit: {
    weight: 2,
    move: change(world => {
      world.git('add', '-A')
      world.git('commit', '-qm', 'Work', '--allow-empty')
    }),
  },
  'throw changes away': {
    weight: 1,
    move: change(world => {
      world.git('stash', '--include-untracked', '--', '*.js')
    }),
  },
  'lose what belongs to this clone': {
    weight: 1,
    move: change(world => removeIfThere(world, '.redgreen/local')),
  },
  'a human waives': { weight: 2, move: human(({ id }) => `redgreen waive ${id} --reason agreed`) },
  'a human waives ticked tasks': {
    weight: 1,
    move: human(() => 'redgreen waive --ticked --reason agreed'),
  },
  'a human approves': { weight: 1, move: human(() => 'redgreen approve') },
}

function call(tool: string, inputOf: (part: Part) => Record<string, unknown>): Move {
  return async (world, choose) =>
    world.call(callerOf(choose), tool, inputOf(pick(world.parts, choose)))
}

/** Mostly one assistant; sometimes another one, or one whose process has ended by now. */
function callerOf(choose: Choose): Caller {
  return choose(4) === 0 ? pick(callers, choose) : 'first'
}

function change(work: (world: World, part: Part, choose: Choose) => void): Move {
  return (world, choose) => {
    work(world, pick(world.parts, choose), choose)
    return Promise.resolve(undefined)
  }
}

function human(lineOf: (part: Part) => string): Move {
  return async (world, choose) => world.human(lineOf(pick(world.parts, choose)))
}

export function pick<T>(items: readonly T[], choose: Choose): T {
  const item = items[choose(items.length)]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}

function removeIfThere(world: World, file: string): void {
  if (world.exists(file)) world.remove(file)
}

function editPlan(world: World, from: string, to: string): void {
  world.write(TASKS, planOf(world).replace(from, to))
}

function withoutLine(plan: string, id: string): string {
  return plan.replace(new RegExp(`^- \\[.\\] ${id} .*\\n`, 'm'), '')
}
