import path from 'node:path'
import type { DiagnosisResult } from '../../workflow/diagnosis/result.ts'
import { EXAMPLE_NAMES } from './example.ts'
import { exampleManifest } from './example-manifest.ts'

/** What was found, or what the same command is going to create. */
export interface PlannedResult extends DiagnosisResult {
  isPlanned?: boolean
}

/** Where a plan comes from that the diagnosis does not find. */
export interface PlanSource {
  /** The format of the example that is going to be created. */
  example: string | undefined
  /** The file that the user names. */
  named: string | undefined
  /** Files of the project that may be meant. */
  offered: readonly string[]
  /** Files of the project that have the name of a plan, but no task. */
  withoutTasks: readonly string[]
}

/** The results of the diagnosis. What the example or the user brings is not missing. A missing plan has its remedy. */
export function withPlan(
  results: readonly DiagnosisResult[],
  root: string,
  source: PlanSource,
): PlannedResult[] {
  const { example: format } = source
  const manifest = exampleManifest(path.join(root, 'package.json'))
  return results.map(result => {
    if (result.ok) return result
    if (result.name === 'feature' && !results.some(({ name }) => name === 'plans'))
      return planResult(source)
    if (result.name !== 'tests' || format === undefined || !manifest) return result
    const where = manifest.before === undefined ? 'in the new' : 'as the script "test" of'
    return planned('tests', `node:test, ${where} package.json`)
  })
}

function planResult({
  example,
  named,
  offered: [offered],
  withoutTasks: [bare],
}: PlanSource): PlannedResult {
  if (named !== undefined) return planned('plan', `${named}, see below`)
  if (example !== undefined) return planned('plan', `the ${example} example, see below`)
  if (offered !== undefined)
    return {
      name: 'plan',
      ok: false,
      found: `none yet, but ${offered} has boxes`,
      remedy: `If it is the plan, choose it with \`redgreen init ${offered}\`.`,
    }
  if (bare !== undefined)
    return {
      name: 'plan',
      ok: false,
      found: `none yet, and ${bare} has no box`,
      remedy: `If it is the plan, write each task as a line such as \`- [ ] Add slugs\` and choose it with \`redgreen init ${bare}\`.`,
    }
  return {
    name: 'plan',
    ok: false,
    found: 'none yet',
    remedy: `Write a Markdown file with lines such as \`- [ ] Add slugs\` and choose it with \`redgreen init PLAN.md\`, or try a small plan with \`redgreen init --example ${EXAMPLE_NAMES[0]}\`.`,
  }
}

function planned(name: string, found: string): PlannedResult {
  return { name, ok: true, found, isPlanned: true }
}
