import path from 'node:path'
import type { Report, TestRequest } from '../../../src/runner/framework.ts'
import { folderWith } from '../project.ts'

/** A request for files that exist in a temporary folder. */
export function requestFor(...files: string[]): TestRequest {
  const root = folderWith(Object.fromEntries(files.map(file => [file, 'x'])))
  const paths = files.map(file => path.join(root, file))
  return { cwd: root, root, files: paths, names: [], report: '', key: '' }
}

/** One line per test: `id: outcome reason`. */
export function reportLines(report: Report): string[] {
  return report.tests.map(({ id, outcome, reason = '' }) => `${id}: ${outcome} ${reason}`.trim())
}
