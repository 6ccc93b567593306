import path from 'node:path'
import type { TestRequest } from './framework.ts'
import { textOfFile } from './text-file.ts'

/** How a runner is configured to measure coverage and to fail below a threshold. */
interface CoverageSettings {
  /** Files that may hold the configuration, relative to the package. */
  files: readonly string[]
  /** Matches a threshold. */
  threshold: RegExp
  /** Matches what turns the measurement on. */
  enabled: RegExp
}

/** Does the full suite of the project fail below a threshold of coverage? Single files are never measured. */
export function enforcesCoverage(
  { cwd, files, related, script }: TestRequest,
  settings: CoverageSettings,
): boolean {
  if (files.length > 0 || related) return false
  const options = (script?.options ?? []).flatMap(({ words }) => words).join(' ')
  const texts = settings.files.map(file => textOfFile(path.join(cwd, file)))
  const all = [...texts, options]
  const isEnabled =
    /--(?:coverage|collectCoverage)\b/.test(options) ||
    texts.some(one => settings.enabled.test(one))
  return isEnabled && all.some(one => settings.threshold.test(one))
}

/** The folder for files of the measurement, which is removed after the run. */
export function coverageFolder({ report }: TestRequest): string {
  return path.join(path.dirname(report), 'coverage')
}
