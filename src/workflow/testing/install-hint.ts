import { missingRunnerOrModule } from '../../runner/missing-runner.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'

/** How to install a test runner; `undefined` if it is installed. */
export function installHint(
  { workspace }: Pick<Context, 'workspace'>,
  { framework, package: own }: TestRunner,
): Promise<string | undefined> {
  const { folder: cwd, view } = own
  return missingRunnerOrModule({ framework, cwd, root: workspace.root, view })
}
