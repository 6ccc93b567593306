import path from 'node:path'
import { toSlashes } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'

/** The configuration files of the test runner, relative to the workspace. */
export function configurationOf(
  context: Pick<Context, 'workspace'>,
  testRunner: TestRunner,
): string[] {
  const { framework, package: own } = testRunner
  return framework.configuration(own.view).map(packagePaths(context, testRunner))
}

/** Turns paths that are relative to the package of a test runner into paths that are relative to the workspace. */
export function packagePaths(
  { workspace }: Pick<Context, 'workspace'>,
  { package: own }: TestRunner,
): (file: string) => string {
  const folder = toSlashes(path.relative(workspace.root, own.folder))
  return file => (folder === '' ? file : `${folder}/${file}`)
}
