import { existsSync } from 'node:fs'
import path from 'node:path'
import type { DiagnosisResult } from '../../workflow/diagnosis.ts'
import { EXAMPLE_NAMES } from './example.ts'

/** What was found, or what the same command is going to create. */
export interface PlannedResult extends DiagnosisResult {
  isPlanned?: boolean
}

/** The results of the diagnosis. What the example brings is not missing. Without an example, a missing plan has its remedy. */
export function withExample(
  results: readonly DiagnosisResult[],
  root: string,
  format: string | undefined,
): PlannedResult[] {
  const hasPackage = existsSync(path.join(root, 'package.json'))
  return results.map(result => {
    if (result.ok) return result
    if (result.name === 'feature' && !results.some(({ name }) => name === 'plans'))
      return format === undefined ? NO_PLAN : planned('plan', `the ${format} example, see below`)
    const bringsRunner = result.name === 'tests' && format !== undefined && !hasPackage
    return bringsRunner ? planned('tests', 'node:test, in the new package.json') : result
  })
}

const NO_PLAN: PlannedResult = {
  name: 'plan',
  ok: false,
  found: 'none yet',
  remedy: `Write one, or try a small one with \`redgreen init --example ${EXAMPLE_NAMES[0]}\`.`,
}

function planned(name: string, found: string): PlannedResult {
  return { name, ok: true, found, isPlanned: true }
}
