import { nextMove, type Stage } from '../../evidence/stage.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import type { NextStep, Step, Frontend } from '../context/call.ts'
import { clientChannelHint } from '../approval/client-channel.ts'
import type { Context } from '../context/context.ts'

/** What a task at this stage needs next, in words and as a call. */
export function nextFor(context: Context, task: Task, stage: Stage): NextStep {
  const { frontend } = context.call
  const move = nextMove(task.kind, stage)
  // The plan was edited under way: starting the task again settles how it is proven.
  if (!move)
    return callFor(frontend, 'next_task', { task: task.id }, 'The task is proven another way now.')
  const say = DUTIES[task.kind][stage] ?? ''
  if (task.kind === 'person') return humanTurn(context, task, say)
  if (move !== 'record_red') return callFor(frontend, move, { task: task.id }, say)
  const own = task.files.filter(isTestFile)
  const owed = task.kind === 'build' && own.length === 0 ? pendingTestsOf(context, task) : []
  // Of several files only the assistant can tell which of them ask for this task.
  const tests = own.length > 0 || owed.length > 1 ? own : owed
  const given = { ...(tests.length > 0 && { tests }), ...(task.kind === 'cover' && LATE) }
  const duty = owed.length > 0 ? `${pendingTestsHint(context, owed)} ${say}` : say
  return callFor(frontend, move, { task: task.id, ...given }, duty)
}

function humanTurn(context: Context, { id }: Task, say: string): NextStep {
  const client = clientChannelHint(
    context,
    context.call.frontend.describeStep('mark_complete', { task: id }),
  )
  return { tool: null, arguments: {}, say: `${say.replaceAll('%', id)} ${client}`.trimEnd() }
}

/** Test files that earlier tasks left to be fulfilled: those of the same story, else all of them. */
function pendingTestsOf({ pendingTests: owed, tasks }: Context, task: Task): string[] {
  const pendingTests = [...owed.ids.values(), ...owed.files.values()]
  const related = pendingTests.filter(
    pendingTest => tasks.get(pendingTest.task)?.story === task.story,
  )
  const files = (related.length > 0 ? related : pendingTests).map(({ file }) => file)
  return [...new Set(files)].slice(0, 5)
}

function pendingTestsHint({ pendingTests: owed }: Context, files: readonly string[]): string {
  const pendingTests = [...owed.ids.values(), ...owed.files.values()]
  const left = files.map(
    name => `${name} by ${pendingTests.find(({ file }) => file === name)?.task ?? ''}`,
  )
  return `There are tests that fail until their code is written (${left.join(', ')}): those that ask for this task are its tests. Else:`
}

/** A call with the sentence that leads to it, which may be empty. */
export function callFor(
  frontend: Frontend,
  tool: Step,
  args: { task?: string; tests?: string[]; late?: true },
  duty: string,
): NextStep {
  const { task, tests, late } = args
  const told = frontend.describeStep(
    tool,
    task === undefined ? undefined : { task, ...(tests && { tests }), ...(late && { late }) },
  )
  return { tool, arguments: { ...args }, say: `${duty} ${capital(told)}.`.trimStart() }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const LATE = { late: true } as const

const BEHAVIOUR = {
  todo: 'Write a test that fails because the behaviour is missing; where the module is missing too, add an empty stub.',
  red: 'Write the code that makes the test pass, and leave the test as it is.',
  green: 'Clean up while the tests stay green.',
}

const DUTIES: Record<Task['kind'], Partial<Record<Stage, string>>> = {
  build: BEHAVIOUR,
  cover: {
    ...BEHAVIOUR,
    todo: 'Write tests for the code that is there; they are seen to fail without it, in a checkout aside.',
  },
  test: {
    todo: 'Write the tests only; they have to fail because the code is not there yet. With an empty stub of a missing module they fail by name, without one only as a file.',
    red: 'The tests fail as they should; later tasks have to turn them green.',
  },
  check: {
    todo: 'Do what the task says.',
    green: 'It was seen to be there.',
  },
  person: {
    todo: 'This is for a person: ask them to look, and to confirm with `redgreen mark-complete %` in a terminal.',
  },
}
