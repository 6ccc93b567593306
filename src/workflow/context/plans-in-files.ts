import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import { isInFoldersOf } from '../../dialects/plan-folders.ts'
import { featuresRecorded } from '../../store/ledger.ts'
import type { State } from '../../store/state.ts'
import { lastWorkedOn } from './last-worked-on.ts'

/** A plan in a file that no dialect finds by itself. */
export interface PlanInFile {
  dialect: Dialect
  candidate: Candidate
}

/**
 * The plan in a Markdown file that a caller named by its path, or by the key under which its ledger is kept; `undefined` if another
 * of these dialects keeps its plans in that folder.
 */
export function planInFile(
  reader: WorkspaceReader,
  others: readonly Dialect[],
  named: string,
): PlanInFile | undefined {
  const isOfOther = others.some(
    other => isInFoldersOf(other, named) && other.featureIn?.(reader, named),
  )
  if (isOfOther) return undefined
  const below = named.replaceAll('~', '/')
  const paths = named === below ? [named] : [named, below, `.${below}`]
  for (const file of paths) {
    const [found] = dialects.flatMap(dialect => {
      const candidate = dialect.featureInFile?.(reader, file)
      return candidate ? [{ dialect, candidate }] : []
    })
    if (found) return found
  }
  return undefined
}

/** Of the plans that callers named by their file and began, the one that was worked on last. */
export function begunInFile(reader: WorkspaceReader, state: State): PlanInFile | undefined {
  const begun = featuresRecorded(state).flatMap(key => {
    const plan = planInFile(reader, [], key)
    return plan && featureKey(plan.candidate) === key ? [plan] : []
  })
  return lastWorkedOn(state, begun)
}
