import path from 'node:path'
import type { DiagnosisResult } from '../../workflow/diagnosis.ts'
import { EXAMPLE_NAMES } from './example.ts'
import { exampleManifest } from './example-manifest.ts'

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
  const manifest = exampleManifest(path.join(root, 'package.json'))
  return results.map(result => {
    if (result.ok) return result
    if (result.name === 'feature' && !results.some(({ name }) => name === 'plans'))
      return format === undefined ? NO_PLAN : planned('plan', `the ${format} example, see below`)
    if (result.name !== 'tests' || format === undefined || !manifest) return result
    const where = manifest.before === undefined ? 'in the new' : 'as the script "test" of'
    return planned('tests', `node:test, ${where} package.json`)
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
