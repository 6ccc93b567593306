import type { Context } from '../context/context.ts'
import { firstStart } from '../context/first-start.ts'
import { greenBefore } from '../context/earlier-proof.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { snapshotAtStart, storedSnapshot, type StoredSnapshot } from '../testing/snapshots.ts'

/** Earlier sources on which tests have to fail. */
export interface LateBase extends StoredSnapshot {
  /** The event of the sources: the start of the task or feature, or the GREEN of the task that was proven before. */
  of: 'task' | 'feature' | 'green'
  /** The task of that GREEN. */
  task?: string
}

/**
 * The sources on which the tests of a task may fail, in the order in which they are tried. Tests of existing code, written ahead
 * or to cover it, may fail on those of the feature's start. A task that builds something may not prove what was there when an
 * earlier task was proven.
 */
export function lateBases(
  context: Context,
  { task, start }: Pick<StartedTask, 'task' | 'start'>,
): LateBase[] {
  const { kind } = task
  const begun = { task, start: firstStart(context, { task, start }) }
  const own = kind === 'cover' ? undefined : storedSnapshot(begun.start)
  const first = kind === 'build' ? firstForBuild(context, begun) : atStart(context)
  return [
    ...(own ? [{ ...own, of: 'task' as const }] : []),
    ...(first && first.tree !== own?.tree ? [first] : []),
  ]
}

function atStart({ ledger }: Context): LateBase | undefined {
  const first = snapshotAtStart(ledger.events)
  return first && { ...first, of: 'feature' }
}

function firstForBuild(
  context: Context,
  started: Pick<StartedTask, 'task' | 'start'>,
): LateBase | undefined {
  const green = greenBefore(context, started)
  if (!green) return atStart(context)
  const kept = storedSnapshot(green)
  return kept && { ...kept, of: 'green', task: green.task }
}
