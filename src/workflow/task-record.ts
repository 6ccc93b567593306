import { recordedTests, type TestRecord } from '../evidence/recorded-tests.ts'
import type { Event } from '../evidence/event.ts'
import type { Call } from './context/call.ts'
import { loadContext } from './context/load-context.ts'
import { namedTask } from './context/named-task.ts'
import { workOf } from './context/finished-work.ts'
import { overviewOf, type TaskOverview } from './overview.ts'

/** Everything that is recorded about a task. */
export interface TaskRecord {
  feature: string
  task: TaskOverview
  /** The title at its last start, if it was started. */
  startedAs: string | null
  tests: TestRecord[]
  /** Files that the task created and modified, once it is done. */
  files: { created: string[]; modified: string[] }
  /** The git command that shows its changes, if git has both snapshots. */
  diff: string | null
  events: Event[]
}

/** Reads what is recorded about a task. Writes nothing. */
export async function taskRecord(call: Call, id: string): Promise<TaskRecord> {
  const context = await loadContext(call)
  const task = namedTask(context, id)
  const { tasks } = await overviewOf(context)
  const overview = tasks.find(one => one.id === task.id)
  if (!overview) throw new Error(`The overview has no task ${task.id}.`)
  const { start, red, green, done } = context.histories.get(task.id) ?? {}
  const [from, to] = [start?.snapshot, done?.snapshot ?? green?.snapshot ?? red?.snapshot]
  const { created, modified } = workOf(context, task)
  const { events } = context.ledger
  return {
    feature: context.plan.feature.id,
    task: overview,
    startedAs: start?.title ?? null,
    tests: recordedTests(events).filter(test => test.task === task.id),
    files: { created, modified },
    diff: from !== undefined && to !== undefined ? `git diff ${from} ${to}` : null,
    events: events.filter(event => 'task' in event && event.task === task.id),
  }
}
