import { existsSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from '../../workflow/context/refusal.ts'
import type { PlannedFile } from '../plan.ts'
import { examplePlan } from './example.ts'
import { exampleManifest } from './example-manifest.ts'

/** The files of an example plan, and of a package.json with a test script if the project has no test runner. Refuses to replace a file. */
export function planExample(
  root: string,
  format: string,
  framework: string | undefined,
): PlannedFile[] {
  const plan = examplePlan(format, framework) ?? {}
  const file = path.join(root, 'package.json')
  const manifest = framework === undefined ? exampleManifest(file) : undefined
  const there = Object.keys(plan).find(file => existsSync(path.join(root, file)))
  if (there !== undefined) {
    throw new Refusal(
      'conflict',
      `The example plan would replace ${there}.`,
      'Nothing was written. Leave out --example, or remove that file first.',
    )
  }
  const files = Object.entries(plan).map(([file, after]) => ({
    file: path.join(root, file),
    before: undefined,
    after,
    left: [],
  }))
  return [...(manifest ? [{ file, ...manifest, left: [] }] : []), ...files]
}
