import type { TestRunner } from './test-runner.ts'

/**
 * Is a missing module one that the workspace itself is to provide? A relative specifier, an import of the package's own,
 * or a missing export (an identifier) of a module that did load; never a package from elsewhere.
 */
export function isOwnModule(testRunner: TestRunner, root: string, missing: string): boolean {
  if (/^\.{1,2}\//.test(missing) || missing.startsWith('#')) return true
  if (missing.startsWith(root)) return true
  const name = testRunner.package.view.manifest?.['name']
  if (typeof name === 'string' && (missing === name || missing.startsWith(`${name}/`))) return true
  // Aliases such as `@/models/room` or `~/models/room`, which bundlers resolve into the project.
  return missing.startsWith('@/') || missing.startsWith('~/')
}
