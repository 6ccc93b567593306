import { DEFAULT_GOTCHAS_FILE } from '../../plan/gotcha.ts'
import { changedSinceStart } from './changed-since-start.ts'
import type { Context } from '../context/context.ts'

/**
 * The person's own documents that a validation is measured by, known traps and standards, where they changed or went since
 * the feature was begun; a sentence for each.
 */
export function describeChangedCriteria(context: Context): string[] {
  const { settings, dialect } = context
  const traps = settings.validation?.gotchas ?? DEFAULT_GOTCHAS_FILE
  const isMeasure = (file: string) =>
    file === traps || (dialect.standards !== undefined && file.endsWith('-standards.md'))
  return changedSinceStart(context, isMeasure).map(
    file => `! ${file}, by which the work is measured, changed since it was begun: read how`,
  )
}
