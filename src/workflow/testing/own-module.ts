import type { Bench } from './test-runner.ts'

/**
 * Is a missing module one that the workspace itself is to provide? A relative specifier, an import of the package's own,
 * or a missing export (an identifier) of a module that did load; never a package from elsewhere.
 */
export function isOwnModule(bench: Bench, root: string, missing: string): boolean {
  if (/^\.{1,2}\//.test(missing) || missing.startsWith('#')) return true
  if (missing.startsWith(root)) return true
  const name = bench.package.view.manifest?.['name']
  if (typeof name === 'string' && (missing === name || missing.startsWith(`${name}/`))) return true
  // Aliases such as `@/models/room` or `~/models/room`, which bundlers resolve into the project.
  return missing.startsWith('@/') || missing.startsWith('~/')
}
