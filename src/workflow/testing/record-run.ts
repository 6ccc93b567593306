import type { EventOf } from '../../evidence/event.ts'
import type { Superseded } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { reloadLedger } from '../context/reload-context.ts'
import { record } from '../context/record.ts'
import { workOf } from '../context/finished-work.ts'
import { renewLease } from '../context/leases.ts'
import { applyEdits } from '../context/write-marks.ts'
import { storeSnapshot } from './snapshots.ts'
import type { ObservedRun } from './observed-run.ts'
import type { TestRunResult } from './test-run.ts'

/** A run that proves something, with the hashes of its files. */
export type RunToRecord = Pick<TestRunResult, 'outcome' | 'run' | 'counts' | 'tests'> &
  Pick<ObservedRun, 'files' | 'frozen' | 'after'>

interface RedDetails {
  /** The names of the tests that were run; all of them if empty. */
  names: string[]
  loadFailure?: boolean
  /** Why the tests ran in a checkout; absent if they ran in the workspace. */
  checkout?: 'late' | 'tests-changed'
  /** Where the sources in the checkout are from. */
  base?: 'task' | 'feature' | 'green'
  /** Lines were added to the test files, and none was changed or removed. */
  added?: boolean
  /** Files that the tests may use and that changed since the RED before. */
  support?: readonly string[]
  /** The folder with the files of `after`, if it is not the workspace. */
  root?: string
}

/** Records a RED. Call it inside `withTransaction` only. */
export async function recordRedRun(
  context: Context,
  task: Task,
  observed: RunToRecord,
  { names, loadFailure = false, checkout, base, added, support, root }: RedDetails,
): Promise<EventOf<'red'>> {
  const snapshot = await storeSnapshot(context, observed.after, {
    task: task.id,
    step: 'red',
    root,
  })
  const [event] = await record(context, {
    ...runFields(context, task, observed, names),
    ...snapshot,
    kind: 'red',
    provenAs: task.kind,
    loadErrors: observed.outcome.loadErrors.map(({ file, message }) => ({ file, message })),
    loadFailure,
    ...(checkout && { checkout }),
    ...(base && { base }),
    ...(added && { added }),
    ...(support && support.length > 0 && { support: [...support] }),
  })
  await renewLease(context, task)
  if (event?.kind !== 'red') throw new Error('A RED was recorded as another kind of event.')
  reportTests(reloadLedger(context), task, event)
  return event
}

/** Some workflows keep a log of the tests that were written. */
function reportTests(context: Context, task: Task, { loadFailure, files }: EventOf<'red'>): void {
  const { tests } = workOf(context, task)
  const unloaded = Object.keys(files).map(file => ({ name: 'not loaded yet', file }))
  const work = { tests: loadFailure ? unloaded : tests, created: [], modified: [] }
  applyEdits(
    context,
    ({ dialect, reader, plan }) => dialect.reportTests?.(reader, plan, task, work) ?? [],
  )
}

/** Records a GREEN of tests. Call it inside `withTransaction` only. */
export async function recordGreenRun(
  context: Context,
  task: Task,
  observed: RunToRecord,
  names: string[],
  superseded: Superseded[] = [],
): Promise<EventOf<'green'>> {
  const snapshot = await storeSnapshot(context, observed.after, { task: task.id, step: 'green' })
  const fields = runFields(context, task, observed, names)
  const [event] = await record(context, {
    ...fields,
    ...snapshot,
    kind: 'green',
    named: [],
    ...(superseded.length > 0 && { superseded }),
  })
  await renewLease(context, task)
  if (event?.kind !== 'green') throw new Error('A GREEN was recorded as another kind of event.')
  return event
}

function runFields(context: Context, task: Task, observed: RunToRecord, names: string[]) {
  const { run, tests, counts, files, frozen } = observed
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
