import { nextMove, type Stage } from '../../evidence/stage.ts'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import type { Next, Step, Surface } from '../context/call.ts'
import { alsoInClient } from '../approval/client-channel.ts'
import type { Desk } from '../context/context.ts'

/** What a task at this stage needs next, in words and as a call. */
export function nextFor(desk: Desk, task: Task, stage: Stage): Next {
  const { surface } = desk.call
  const move = nextMove(task.kind, stage)
  // The plan was edited under way: starting the task again settles how it is proven.
  if (!move)
    return callFor(surface, 'next_task', { task: task.id }, 'The task is proven another way now.')
  const say = DUTIES[task.kind][stage] ?? ''
  if (task.kind === 'person') return personsTurn(desk, task, say)
  if (move !== 'record_red') return callFor(surface, move, { task: task.id }, say)
  const own = task.files.filter(isTestFile)
  const owed = task.kind === 'build' && own.length === 0 ? owedTests(desk, task) : []
  // Of several files only the assistant can tell which of them ask for this task.
  const tests = own.length > 0 || owed.length > 1 ? own : owed
  const given = { ...(tests.length > 0 && { tests }), ...(task.kind === 'cover' && LATE) }
  const duty = owed.length > 0 ? `${owedDuty(desk, owed)} ${say}` : say
  return callFor(surface, move, { task: task.id, ...given }, duty)
}

function personsTurn(desk: Desk, { id }: Task, say: string): Next {
  const client = alsoInClient(desk, desk.call.surface.tell('mark_complete', { task: id }))
  return { tool: null, arguments: {}, say: `${say.replaceAll('%', id)} ${client}`.trimEnd() }
}

/** Test files that earlier tasks left to be fulfilled: those of the same story, else all of them. */
function owedTests({ owed, tasks }: Desk, task: Task): string[] {
  const debts = [...owed.ids.values(), ...owed.files.values()]
  const related = debts.filter(debt => tasks.get(debt.task)?.story === task.story)
  const files = (related.length > 0 ? related : debts).map(({ file }) => file)
  return [...new Set(files)].slice(0, 5)
}

function owedDuty({ owed }: Desk, files: readonly string[]): string {
  const debts = [...owed.ids.values(), ...owed.files.values()]
  const left = files.map(
    name => `${name} by ${debts.find(({ file }) => file === name)?.task ?? ''}`,
  )
  return `There are tests that fail until their code is written (${left.join(', ')}): those that ask for this task are its tests. Else:`
}

/** A call with the sentence that leads to it, which may be empty. */
export function callFor(
  surface: Surface,
  tool: Step,
  args: { task?: string; tests?: string[]; late?: true },
  duty: string,
): Next {
  const { task, tests, late } = args
  const told = surface.tell(
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
