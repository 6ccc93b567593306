import type { TestRunner } from './package-runner.ts'

/**
 * Is a missing module part of the workspace itself? That is: a relative specifier, an import of the project's own package, or an
 * alias into the project. A package from a registry is not.
 */
export function isOwnModule(testRunner: TestRunner, root: string, missing: string): boolean {
  if (/^\.{1,2}\//.test(missing) || missing.startsWith('#')) return true
  if (missing.startsWith(root)) return true
  const name = testRunner.package.view.manifest?.['name']
  if (typeof name === 'string' && (missing === name || missing.startsWith(`${name}/`))) return true
  // Bundlers resolve aliases such as `@/models/user` and `~/models/user` into the project.
  return missing.startsWith('@/') || missing.startsWith('~/')
}
