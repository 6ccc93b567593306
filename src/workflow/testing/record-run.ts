import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import { record, type Desk } from '../context/context.ts'
import { keepTask } from '../context/leases.ts'
import { keepFiles } from './snapshots.ts'
import type { TestRun, WitnessedRun } from './test-run.ts'

/** A run that proves something, with the files that it was seen with. */
export type Proving = Pick<TestRun, 'outcome' | 'run' | 'counts' | 'tests'> &
  Pick<WitnessedRun, 'files' | 'frozen' | 'after'>

interface RedDetails {
  names: string[]
  shallow?: boolean
  aside?: 'late' | 'tests-changed'
  base?: 'task' | 'feature'
  /** Where the files of `after` lie, when not in the workspace. */
  root?: string
}

/** Records a RED. Call it inside `atDesk` only. */
export async function keepRed(
  desk: Desk,
  task: Task,
  seen: Proving,
  { names, shallow = false, aside, base, root }: RedDetails,
): Promise<EventOf<'red'>> {
  const kept = await keepFiles(desk, seen.after, { task: task.id, step: 'red', root })
  const [event] = record(desk, {
    ...factsOf(desk, task, seen, names),
    ...kept,
    kind: 'red',
    provenAs: task.kind,
    loadErrors: seen.outcome.loadErrors.map(({ file, message }) => ({ file, message })),
    shallow,
    ...(aside && { aside }),
    ...(base && { base }),
  })
  keepTask(desk, task)
  if (event?.kind !== 'red') throw new Error('A RED was recorded as something else.')
  return event
}

/** Records a GREEN of tests. Call it inside `atDesk` only. */
export async function keepGreen(
  desk: Desk,
  task: Task,
  seen: Proving,
  names: string[],
): Promise<EventOf<'green'>> {
  const kept = await keepFiles(desk, seen.after, { task: task.id, step: 'green' })
  const facts = factsOf(desk, task, seen, names)
  const [event] = record(desk, { ...facts, ...kept, kind: 'green', named: [] })
  keepTask(desk, task)
  if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
  return event
}

function factsOf(desk: Desk, task: Task, seen: Proving, names: string[]) {
  const { run, tests, counts, files, frozen } = seen
  return { task: task.id, settings: desk.settings.hash, run, tests, counts, files, frozen, names }
}
