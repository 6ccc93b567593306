import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { record, type Context } from '../context/context.ts'
import { renewLease } from '../context/leases.ts'
import { storeSnapshot } from './snapshots.ts'
import type { TestRunResult, ObservedRun } from './test-run.ts'

/** A run that proves something, with the files that it was seen with. */
export type RunToRecord = Pick<TestRunResult, 'outcome' | 'run' | 'counts' | 'tests'> &
  Pick<ObservedRun, 'files' | 'frozen' | 'after'>

interface RedDetails {
  names: string[]
  loadFailure?: boolean
  checkout?: 'late' | 'tests-changed'
  base?: 'task' | 'feature'
  /** Where the files of `after` lie, when not in the workspace. */
  root?: string
}

/** Records a RED. Call it inside `atDesk` only. */
export async function recordRedRun(
  context: Context,
  task: Task,
  seen: RunToRecord,
  { names, loadFailure = false, checkout, base, root }: RedDetails,
): Promise<EventOf<'red'>> {
  const kept = await storeSnapshot(context, seen.after, { task: task.id, step: 'red', root })
  const [event] = record(context, {
    ...factsOf(context, task, seen, names),
    ...kept,
    kind: 'red',
    provenAs: task.kind,
    loadErrors: seen.outcome.loadErrors.map(({ file, message }) => ({ file, message })),
    loadFailure,
    ...(checkout && { checkout }),
    ...(base && { base }),
  })
  renewLease(context, task)
  if (event?.kind !== 'red') throw new Error('A RED was recorded as something else.')
  return event
}

/** Records a GREEN of tests. Call it inside `atDesk` only. */
export async function recordGreenRun(
  context: Context,
  task: Task,
  seen: RunToRecord,
  names: string[],
): Promise<EventOf<'green'>> {
  const kept = await storeSnapshot(context, seen.after, { task: task.id, step: 'green' })
  const facts = factsOf(context, task, seen, names)
  const [event] = record(context, { ...facts, ...kept, kind: 'green', named: [] })
  renewLease(context, task)
  if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
  return event
}

function factsOf(context: Context, task: Task, seen: RunToRecord, names: string[]) {
  const { run, tests, counts, files, frozen } = seen
  return {
    task: task.id,
    settings: context.settings.hash,
    run,
    tests,
    counts,
    files,
    frozen,
    names,
  }
}
