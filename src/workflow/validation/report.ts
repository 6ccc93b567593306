import path from 'node:path'
import { writeFile } from '../../store/files.ts'
import type { Context } from '../context/context.ts'
import { outcomeReport } from '../report/outcome-report.ts'

/** Writes the report of the feature to `.redgreen/reports/`, for people who read files. */
export function keepReport(context: Context): void {
  writeFile(path.join(context.workspace.root, reportFile(context)), outcomeReport(context))
}

/** Where that report lies, relative to the workspace. */
export function reportFile({ plan }: Pick<Context, 'plan'>): string {
  return `.redgreen/reports/${encodeURIComponent(plan.feature.id)}.md`
}
