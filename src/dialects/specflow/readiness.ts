import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { readPointer } from './current-feature.ts'
import { isApprovedInDatabase, featureRow } from './database.ts'
import { commandId, featureNamedBy } from '../feature-ids.ts'
import { canImplement, remedyForPhase } from './lifecycle.ts'

/** SpecFlow's gate: the feature has tasks, and a human has approved them. */
export function readinessOf(reader: WorkspaceReader, { feature }: Plan): FeatureReadiness {
  const row = featureRow(reader, feature.id)
  const id = row?.id ?? commandId(feature.id)
  if (row !== undefined && CLOSED.has(row.status)) {
    const remedy = 'Name another feature, or reopen this one in SpecFlow.'
    return refused(`SpecFlow's database says that ${id} is ${row.status}.`, remedy)
  }
  const phase = row?.phase ?? pointerPhase(reader, feature.id)
  if (phase !== undefined && phase !== '' && !canImplement({ phase })) {
    const fact = `${id} is in phase "${phase}"; it can be implemented in phase "tasks" or "implement".`
    return refused(fact, remedyForPhase(phase, id))
  }
  if (row !== undefined && isApprovedInDatabase(reader, row))
    return { ready: true, evidence: `SpecFlow's approval gate of ${id} is approved` }
  return {
    ready: false,
    fact: `Nobody has approved the tasks of ${id}.`,
    remedy: ASK,
    humanDecision: true,
    // Any assistant may write the pointer file, so it implies no approval.
    ...(row !== undefined && {
      phase: `SpecFlow's database has ${id} in phase "${row.phase}"`,
    }),
  }
}

function refused(fact: string, remedy: string): FeatureReadiness {
  return { ready: false, fact, remedy, humanDecision: false }
}

/** The phase in the pointer file, if it names this feature and the phase is one of SpecFlow's. */
function pointerPhase(reader: WorkspaceReader, folder: string): string | undefined {
  const pointer = readPointer(reader)
  if (pointer === undefined || 'allDone' in pointer) return undefined
  const isThis = featureNamedBy([{ id: folder }], pointer.id).length > 0
  return isThis && PHASES.has(pointer.phase ?? '') ? pointer.phase : undefined
}

const CLOSED: ReadonlySet<string> = new Set(['complete', 'skipped'])
const PHASES: ReadonlySet<string> = new Set(['none', 'specify', 'plan', 'tasks', 'implement'])
const ASK = 'Ask a human to read tasks.md and to run `redgreen approve` in a terminal.'
