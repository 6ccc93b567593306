import path from 'node:path'
import { writeFile } from '../../store/files.ts'
import type { Desk } from '../desk.ts'
import { outcomeReport } from '../outcome-report.ts'

/** Writes the report of the feature to `.redgreen/reports/`, for people who read files. */
export function keepReport(desk: Desk): void {
  const name = `${encodeURIComponent(desk.plan.feature.id)}.md`
  writeFile(path.join(desk.state.folder, 'reports', name), outcomeReport(desk))
}
