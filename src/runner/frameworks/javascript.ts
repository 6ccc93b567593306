import path from 'node:path'
import type { PackageView } from '../framework.ts'

/** Extensions of JavaScript and TypeScript files. */
const EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'] as const

/** The existing files with these stems and any of the extensions. */
export function codeFiles(view: PackageView, stems: readonly string[]): string[] {
  return stems
    .flatMap(stem => EXTENSIONS.map(extension => `${stem}.${extension}`))
    .filter(view.exists)
}

/** Is the file named like `*.test.ts` or `*.spec.ts`, with any of the extensions? */
export function isNamedTest(file: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(file) && !isInstalled(file)
}

/** Is it a source file in a folder for tests? */
export function isInTestFolder(file: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__)\/(?:.+\/)?[^/]+\.[cm]?[jt]sx?$/.test(file) && !isInstalled(file)
  )
}

/** The path at which Jest, Vitest and Bun store the snapshots of a test file. */
export function snapshotBeside(file: string): string[] {
  const { dir, base } = path.posix.parse(file)
  return [path.posix.join(dir, '__snapshots__', `${base}.snap`)]
}

function isInstalled(file: string): boolean {
  return /(?:^|\/)node_modules\//.test(file)
}
