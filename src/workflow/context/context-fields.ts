import { Unsupported, type WorkspaceReader } from '../../dialects/dialect.ts'
import { filesInProject } from '../../dialects/project-files.ts'
import { rememberingReader } from '../../dialects/remembering-reader.ts'
import { assignKinds } from '../../plan/assigned-kinds.ts'
import { marksSince } from '../../plan/changed-marks.ts'
import { countOf } from '../../plan/format-list.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { remembered } from '../../plan/remembered.ts'
import type { LeaseTable } from '../../store/leases/lease-table.ts'
import { activeLeases } from '../../store/leases/leases.ts'
import { finishLedger, readLedger, type Ledger } from '../../store/ledger.ts'
import type { Context, LeaseFields, LedgerFields, PlanFields, FeatureSource } from './context.ts'
import { cachedHistory } from './history-cache.ts'
import { cachedPlan } from './plan-cache.ts'
import { withRecordedIds } from './task-ids.ts'
import { leasesElsewhere, localWork, type Viewpoint } from './local-work.ts'

/** The plan as its files are now. `moment` is a reader with cached names, if one was created just before. */
export function readPlan(
  source: FeatureSource,
  ledger: Ledger,
  moment = rememberingReader(source.reader),
): PlanFields {
  const { settings, dialect, candidate } = source
  const reader = moment.withTextsNow()
  const key = [cacheKey(source), settings.hash].join('\n')
  const read = (reader: WorkspaceReader) => {
    const plan = filesInProject(reader, dialect.read(reader, candidate))
    return plan.keepsIds ? plan : assignKinds(plan, settings.kinds)
  }
  const { plan: inFile, planTexts } = cachedPlan(key, reader, read, dialect.markState)
  const plan = inFile.keepsIds
    ? assignKinds(withRecordedIds(inFile, ledger.events), settings.kinds)
    : inFile
  if (plan.tasks.length > MAX_TASKS) {
    const text = `It has ${countOf(plan.tasks.length, 'task')}. A plan may have at most ${MAX_TASKS}.`
    throw new Unsupported(candidate.tasks, 1, text)
  }
  return { plan, planTexts, tasks: tasksById(plan) }
}

const MAX_TASKS = 20_000

const tasksById = remembered((plan: Plan): ReadonlyMap<string, Task> => {
  const since = marksSince(plan)
  if (!since) return new Map(plan.tasks.map(task => [task.id, task]))
  const tasks = new Map(tasksById(since.plan))
  for (const { now } of since.tasks) tasks.set(now.id, now)
  return tasks
})

/** The ledger as its files are now. */
export function readEvents(source: FeatureSource): Ledger {
  const { coordinator, state, key } = source
  const read = source.finishes ? finishLedger : readLedger
  // Without a shared store, the number of the ledger's last record is its version.
  if (coordinator.clone === undefined) return read(state, key)
  // The version is read first, so that a decision fails if something is added while the files are read.
  const commit = coordinator.versionHere(key)
  return { ...read(state, key), commit }
}

/** What follows from the ledger for the work in this clone. */
export function eventFields(
  source: FeatureSource,
  { plan }: PlanFields,
  ledger: Ledger,
  { clone }: Pick<Viewpoint, 'clone'> = source.coordinator,
): LedgerFields {
  const { withoutCode } = source
  const { events, elsewhere, ticked } = localWork(ledger.events, {
    plan,
    clone,
    unmarked: ledger.unmarked.map(({ marks }) => marks),
    ...(withoutCode && { withoutCode }),
  })
  const here = events === ledger.events ? ledger : { ...ledger, events }
  return { ledger: here, elsewhere, ticked, ...cachedHistory(cacheKey(source), events) }
}

/** The leases that hold now. */
export function leaseFields(
  { key, coordinator, elsewhere }: Pick<Context, 'key' | 'coordinator' | 'elsewhere'>,
  leaseTable: LeaseTable,
): LeaseFields {
  const active = activeLeases(leaseTable, key, coordinator.clocks())
  if (elsewhere.size === 0) return { leases: active, leaseTable }
  return { leases: new Map([...active, ...leasesElsewhere(elsewhere)]), leaseTable }
}

/** Key of the caches: two workspaces, or two dialects, may have features of the same id. */
function cacheKey({ state, dialect, candidate }: FeatureSource): string {
  return [state.local, dialect.name, candidate.id, candidate.dir].join('\n')
}
