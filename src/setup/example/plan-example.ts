import { existsSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from '../../workflow/context/refusal.ts'
import type { PlannedFile } from '../plan.ts'
import { EXAMPLE_PACKAGE, examplePlan } from './example.ts'

/** The files of an example plan, and of a package if the project has no test runner. Refuses to replace a file. */
export function planExample(
  root: string,
  format: string,
  framework: string | undefined,
): PlannedFile[] {
  const plan = examplePlan(format, framework) ?? {}
  const manifest = path.join(root, 'package.json')
  const needsPackage = framework === undefined && !existsSync(manifest)
  const files = { ...(needsPackage && { 'package.json': EXAMPLE_PACKAGE }), ...plan }
  const there = Object.keys(files).find(file => existsSync(path.join(root, file)))
  if (there !== undefined) {
    throw new Refusal(
      'conflict',
      `The example plan would replace ${there}.`,
      'Nothing was written. Leave out --example, or remove that file first.',
    )
  }
  return Object.entries(files).map(([file, after]) => ({
    file: path.join(root, file),
    before: undefined,
    after,
    left: [],
  }))
}
