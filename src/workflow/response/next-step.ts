import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { attemptsLeft } from '../../evidence/run-limits.ts'
import { nextMove, type Stage } from '../../evidence/stage.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { subjectFinder } from '../../plan/test-subject.ts'
import type { Task } from '../../plan/plan.ts'
import type { NextStep, Step, Frontend } from '../context/call.ts'
import { channelHint } from '../approval/remote-channels.ts'
import { capitalize } from '../context/capitalize.ts'
import type { Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { resourceUri } from '../context/resource-uri.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { failsByErrorOnly } from './red-notes.ts'
import { unprovenRemedy, unprovenTicks } from '../context/unproven-ticks.ts'
import { countOf } from '../../plan/format-list.ts'

/** What a task at this stage needs next. */
export function nextFor(
  context: Context,
  task: Task,
  stage: Stage,
  red = context.histories.get(task.id)?.red,
): NextStep {
  const { frontend } = context.call
  const move = nextMove(task.kind, stage)
  // An edit of the plan changed the kind of the task. Starting it again fixes its kind.
  if (!move) return callFor(frontend, 'next_task', { task: task.id }, CHANGED_KIND)
  const duty = DUTIES[task.kind][stage] ?? ''
  if (task.kind === 'person') return humanStep(context, task, duty)
  if (move === 'record_green' && red)
    return callFor(frontend, move, { task: task.id }, dutyAfter(context, red))
  if (move !== 'record_red') return callFor(frontend, move, { task: task.id }, duty)
  const own = task.files.filter(isTestFile)
  const pending = task.kind === 'build' && own.length === 0 ? pendingTestFiles(context, task) : []
  // If there are several files, only the assistant knows which of them test this task.
  const tests = own.length > 0 || pending.length > 1 ? own : pending
  const args = { ...(tests.length > 0 && { tests }), ...(task.kind === 'cover' && LATE) }
  const say = pending.length > 0 ? `${pendingTestsHint(context, pending)} ${duty}` : duty
  return callFor(frontend, move, { task: task.id, ...args }, say)
}

/** What to do after a RED, which depends on why its tests failed. */
function dutyAfter({ call }: Context, red: EventOf<'red'>): string {
  if (red.checkout === 'late') return 'The code exists already.'
  if (!failsByErrorOnly(red)) return `${WRITE_CODE} Do not change the test.`
  const step = call.frontend.describeStep('record_red', {
    task: red.task,
    tests: Object.keys(red.files),
  })
  return `${WRITE_CODE} If the error is a mistake in the test, correct the test and ${step} first.`
}

const WRITE_CODE = 'Write the code that makes the test pass.'

function humanStep(context: Context, { id }: Task, duty: string): NextStep {
  const hint = channelHint(
    context,
    context.call.frontend.describeStep('mark_complete', { task: id }),
  )
  return { tool: null, arguments: {}, say: `${duty.replaceAll('%', id)} ${hint}`.trimEnd() }
}

/**
 * At most 5 test files that earlier tasks wrote in advance and that are about this task; those of the same story if there are any. Tests of
 * a later task are left out, because this task's code cannot turn them green.
 */
function pendingTestFiles(context: Context, task: Task): string[] {
  const { pendingTests, plan, tasks } = context
  const all = [...pendingTests.ids.values(), ...pendingTests.files.values()]
  if (all.length === 0) return []
  const sameStory = all.filter(pending => tasks.get(pending.task)?.story === task.story)
  const isRelated = sameStory.length > 0
  const { statusOf } = scheduleState(context)
  const open = plan.tasks.filter(({ id, kind, story }) => {
    const { settled, unverified, other } = statusOf(id)
    return (
      kind === 'build' && !(settled || unverified || other) && (!isRelated || story === task.story)
    )
  })
  const subjectOf = subjectFinder(open)
  const files = new Map((isRelated ? sameStory : all).map(({ file, task: by }) => [file, by]))
  const own = [...files].filter(([file, by]) => {
    const title = tasks.get(by)?.title ?? ''
    return subjectOf({ title, file })?.id === task.id
  })
  return own.map(([file]) => file).slice(0, 5)
}

function pendingTestsHint({ pendingTests }: Context, names: readonly string[]): string {
  const all = [...pendingTests.ids.values(), ...pendingTests.files.values()]
  const list = names.map(name => `${name} by ${all.find(({ file }) => file === name)?.task ?? ''}`)
  return `If tests written in advance (${list.join(', ')}) test this task, use those. Otherwise:`
}

/** The step after the last task: the validation, or a human if its attempts are used up. */
export function validationStep(context: Context): NextStep {
  const { feature } = context.plan
  const { limits } = context.settings
  const ticked = unprovenTicks(context)
  if (ticked[0] !== undefined) return unprovenStep(context, ticked[0], ticked.length)
  const passed = lastEvent(context.ledger.events, 'validation')?.passed ?? false
  if (passed || attemptsLeft(limitsUsed(context), limits) > 0)
    return callFor(context.call.frontend, 'run_validation', {}, 'No task is left.')
  const report = resourceUri(feature, 'validation')
  const say = `No task is left, and no validation attempt of this working period. Show a human the report (${report}): they can allow one more attempt with \`redgreen allow-run\` in a terminal. A new period begins ${countOf(limits.pauseHours, 'hour')} after the last event.`
  return { tool: null, arguments: {}, say }
}

/** The human is asked first, because one answer covers all earlier ticks, and proving each can be much work. */
function unprovenStep(context: Context, first: string, count: number): NextStep {
  const are = count === 1 ? 'task is' : 'tasks are'
  const say = `No task is left to start, but ${count} ${are} ticked without a proof, so run_validation refuses. ${unprovenRemedy(context, first)}`
  return { tool: null, arguments: {}, say }
}

/** A call, with a sentence before it that says what to do first. The sentence may be empty. */
export function callFor(
  frontend: Frontend,
  tool: Step,
  args: { task?: string; tests?: string[]; late?: true },
  duty: string,
): NextStep {
  const { task, tests, late } = args
  const step = frontend.describeStep(
    tool,
    task === undefined ? undefined : { task, ...(tests && { tests }), ...(late && { late }) },
  )
  return { tool, arguments: { ...args }, say: `${duty} ${capitalize(step)}.`.trimStart() }
}

const LATE = { late: true } as const

const CHANGED_KIND = 'The plan has changed the kind of this task, so it must be started again.'

const BEHAVIOUR = {
  todo: 'Write a test that fails because the behaviour is missing. If the module is missing too, add an empty stub.',
  green: 'Clean up the code while the tests stay green.',
}

/** What to do at each stage, before the next call. `%` stands for the id of the task. */
const DUTIES: Record<Task['kind'], Partial<Record<Stage, string>>> = {
  build: BEHAVIOUR,
  cover: {
    ...BEHAVIOUR,
    todo: 'Write tests for the existing code. The server runs them without that code in a temporary checkout, where they have to fail.',
  },
  test: {
    todo: 'Write only the tests. They have to fail because the code does not exist yet. With an empty stub of a missing module, each test fails by its name; without one, the whole file.',
    red: 'The tests fail as expected. Later tasks make them pass.',
  },
  refactor: {
    todo: 'Change how the code is written, not what it does. The server runs the full suite on the code from before and on the new code: the same tests have to pass, by name and unchanged.',
    green: 'The same tests pass before and after.',
  },
  check: {
    todo: 'Do what the task says.',
    green: 'The server has checked the result.',
  },
  person: {
    todo: 'Only a human can do this task: ask them to check it and to confirm with `redgreen mark-complete %` in a terminal.',
  },
}
