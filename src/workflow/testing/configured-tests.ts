import path from 'node:path'
import { listedTests } from '../../runner/listed-tests.ts'
import { isTestTarget } from '../../runner/test-script/package-script.ts'
import { toSlashes } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'
import { runOptions } from './project-command.ts'

/**
 * Whether the project's configuration makes this file (relative to the workspace) a test. Reads its test script and configuration files; if
 * they do not decide it, the runner lists its tests.
 */
export async function isConfiguredTest(
  context: Context,
  { framework, package: own }: TestRunner,
  file: string,
): Promise<boolean> {
  const { root } = context.workspace
  const inPackage = toSlashes(path.relative(own.folder, path.join(root, file)))
  if (isTestTarget(own.folder, framework.name, inPackage)) return true
  if (framework.configured?.(own.view).some(pattern => pattern.test(inPackage))) return true
  const listed = await listedTests(framework, own.folder, runOptions(context))
  return listed.some(other => inPackage === other || inPackage.endsWith(`/${other}`))
}

/** The test runner, for which these files are tests whatever their names are. */
export function withTests(testRunner: TestRunner, files: readonly string[]): TestRunner {
  return { ...testRunner, isTest: file => files.includes(file) || testRunner.isTest(file) }
}
