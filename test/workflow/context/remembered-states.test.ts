import { expect, it } from 'vitest'
import { nearestWaiting, ready } from '../../../src/plan/order.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { Call } from '../../../src/workflow/context/call.ts'
import type { Context } from '../../../src/workflow/context/context.ts'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { changesSinceAgreed } from '../../../src/workflow/context/plan-changes.ts'
import { scheduleState } from '../../../src/workflow/context/schedule-state.ts'
import { progressAt, taskStates } from '../../../src/workflow/context/task-state.ts'
import { markComplete } from '../../../src/workflow/mark-complete.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { recordGreen } from '../../../src/workflow/record-green.ts'
import { reportFailure } from '../../../src/workflow/report-failure.ts'
import { release } from '../../../src/workflow/human/release.ts'
import { reopen } from '../../../src/workflow/human/reopen.ts'
import { waive } from '../../../src/workflow/human/waive.ts'
import { callAt } from '../../kit/call.ts'
import { humanApproves, humanAt } from '../../kit/human.ts'
import { stackProject, TASKS, type Project } from '../../kit/project.ts'

const PLAN = `## Setup
- [ ] T001 Create one.txt
- [ ] T002 Create two.txt
- [ ] T003 [P] Create three.txt
- [ ] T004 [P] Create four.txt
## Core
- [ ] T005 push in src/push.js
`

/** Everything that is remembered about a feature, in a form that can be compared. */
function answers(context: Context) {
  const states = taskStates(context)
  const schedule = scheduleState(context, states)
  return {
    states: [...states],
    statuses: context.plan.tasks.map(({ id }) => schedule.statusOf(id)),
    halted: schedule.halted,
    held: schedule.heldFiles,
    ready: ready(context.plan, schedule),
    waiting: nearestWaiting(context.plan, schedule, 3),
    progress: progressAt(context, states),
    changes: changesSinceAgreed(context),
  }
}

/** The same for a context about which nothing is remembered. */
function freshAnswers(context: Context) {
  const plan: Plan = structuredClone(context.plan)
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return answers({ ...context, plan, tasks, histories: new Map(context.histories) })
}

async function compared(call: Call) {
  const context = await loadContext(call)
  const now = answers(context)
  expect(now).toEqual(freshAnswers(context))
  return now
}

const edit = (project: Project, from: string, to: string) =>
  project.write(TASKS, project.read(TASKS).replace(from, to))

async function finish(call: Call, project: Project, task: string, file: string): Promise<void> {
  await nextTask(call, { task })
  project.write(file, `the text of ${task}\n`)
  await recordGreen(call, { task })
  await markComplete(call, { task })
}

it('what is remembered about a feature changes with each of its inputs', async () => {
  const project = stackProject(PLAN)
  const { root } = project
  const call = callAt(root, 'one')
  const other = callAt(root, 'two')
  const human = humanAt(root).call
  const seen = [JSON.stringify(await compared(call))]
  const after = async (what: string, change: () => unknown) => {
    await change()
    const now = await compared(call)
    const text = JSON.stringify(now)
    if (text === seen.at(-1)) throw new Error(`${what} changed nothing`)
    seen.push(text)
    return now
  }
  await after('a start', () => nextTask(call, {}))
  await after('a proof', () => finish(call, project, 'T001', 'one.txt'))
  await after('a mark that is removed', () => edit(project, '[X] T001', '[ ] T001'))
  await after('a mark that is written again', () => edit(project, '[ ] T001', '[x] T001'))
  const reworded = await after('other words', () =>
    edit(project, 'Create one', 'Create and sign one'),
  )
  expect(reworded.states[0]?.[1]).toMatchObject({ stage: 'todo', changed: 'Create one.txt' })
  expect(reworded.changes).toHaveLength(1)
  const approved = await after('an approval', () => humanApproves(project))
  expect(approved.states[0]?.[1].stage).toBe('done')
  expect(approved.changes).toEqual([])
  await after('the old words', () => edit(project, 'Create and sign one', 'Create one'))
  await after('a waiver', () => waive(human, { tasks: ['T002'], reason: 'agreed with the team' }))
  await after('the lease of another process', () => nextTask(other, { task: 'T003' }))
  await after('a failure', () => reportFailure(other, { task: 'T003', error: 'no disk' }))
  await after('a tick by hand', () => edit(project, '[ ] T004', '[x] T004'))
  await after('a task that is added', () =>
    edit(project, '## Core', '- [ ] T006 Create six.txt\n## Core'),
  )
  await after('a task that is gone', () => edit(project, '- [ ] T006 Create six.txt\n', ''))
  await after('a task that the author defers', () => edit(project, '[ ] T005', '[-] T005'))
  await after('a kind in the settings', () => {
    const kinds = [{ tasks: 'T004', kind: 'build' }]
    project.write('redgreen.config.json', JSON.stringify({ kinds }))
  })
  await after('a task that is opened again', () => reopen(human, { tasks: ['T001'] }))
})

it('a lease is remembered no longer than it is valid', async () => {
  const project = stackProject(PLAN)
  const call = callAt(project.root)
  await nextTask(call, {})
  const context = await loadContext(call)
  const [lease] = context.leases.values()
  if (!lease) throw new Error('nobody has a lease')
  const isActive = (leases: Context['leases']) =>
    scheduleState({ ...context, leases }).statusOf('T001').active
  expect(isActive(context.leases)).toBe(true)
  expect(isActive(new Map())).toBe(false)
  expect(isActive(context.leases)).toBe(true)
  const leases = new Map([['T001', { ...lease, until: 'later' }]])
  expect(taskStates({ ...context, leases }).get('T001')?.lease?.until).toBe('later')
  await release(humanAt(project.root).call, ['T001'])
  expect((await compared(call)).statuses[0]?.active).toBe(false)
})

it('the states of tasks that no event and no mark has changed are the same objects', async () => {
  const project = stackProject(PLAN)
  const call = callAt(project.root)
  await nextTask(call, {})
  const before = taskStates(await loadContext(call))
  expect(taskStates(await loadContext(call))).toBe(before)
  await finish(call, project, 'T001', 'one.txt')
  const after = taskStates(await loadContext(call))
  expect(after.get('T001')?.stage).toBe('done')
})
