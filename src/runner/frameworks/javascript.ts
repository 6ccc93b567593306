import path from 'node:path'
import type { PackageView } from '../framework.ts'

/** Endings of JavaScript and TypeScript files. */
const CODE = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'] as const

/** The files with these stems and any ending of code that are there. */
export function codeFiles(view: PackageView, stems: readonly string[]): string[] {
  return stems.flatMap(stem => CODE.map(ending => `${stem}.${ending}`)).filter(view.exists)
}

/** `*.test.ts` and `*.spec.ts` in all their endings. */
export function isNamedTest(file: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(file) && !isInstalled(file)
}

/** A file of code in a folder for tests. */
export function isInTestFolder(file: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__)\/(?:.+\/)?[^/]+\.[cm]?[jt]sx?$/.test(file) && !isInstalled(file)
  )
}

/** Where Jest and Vitest keep the snapshots of a test file. */
export function snapshotBeside(file: string): string[] {
  const { dir, base } = path.posix.parse(file)
  return [path.posix.join(dir, '__snapshots__', `${base}.snap`)]
}

function isInstalled(file: string): boolean {
  return /(?:^|\/)node_modules\//.test(file)
}
