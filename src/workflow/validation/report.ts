import path from 'node:path'
import { writeFile } from '../../store/files.ts'
import type { Desk } from '../context/context.ts'
import { outcomeReport } from '../report/outcome-report.ts'

/** Writes the report of the feature to `.redgreen/reports/`, for people who read files. */
export function keepReport(desk: Desk): void {
  writeFile(path.join(desk.workspace.root, reportFile(desk)), outcomeReport(desk))
}

/** Where that report lies, relative to the workspace. */
export function reportFile({ plan }: Pick<Desk, 'plan'>): string {
  return `.redgreen/reports/${encodeURIComponent(plan.feature.id)}.md`
}
