import path from 'node:path'
import process from 'node:process'
import type { PackageView } from './framework.ts'
import { findInstalled } from './installed.ts'
import { KNOWN_CHECKS, type CheckKind, type KnownCheck } from './known-checks.ts'
import { findAbove, isOnPath } from './program.ts'

/** A type checker or linter that a package is set up for and has installed. */
export interface DetectedCheck {
  kind: CheckKind
  name: string
  /** Program and arguments; to be run in the package's folder. */
  argv: string[]
  /** The file that speaks for it. */
  because: string
}

/** Every check that can be run in a package. One that is configured but not installed is left out: see `missingChecks`. */
export function findChecks(folder: string, view: PackageView): DetectedCheck[] {
  return configured(view).flatMap(({ check, because }) => {
    const argv = argvOf(check, folder)
    return argv === undefined ? [] : [{ kind: check.kind, name: check.name, argv, because }]
  })
}

/** Names of the checks whose configuration is there and whose program is not. */
export function missingChecks(folder: string, view: PackageView): string[] {
  return configured(view)
    .filter(({ check }) => argvOf(check, folder) === undefined)
    .map(({ check }) => check.name)
}

function configured(view: PackageView): { check: KnownCheck; because: string }[] {
  return KNOWN_CHECKS.flatMap(check => {
    const because =
      check.files.find(file => view.exists(file)) ??
      check.sections?.find(([file, words]) => view.read(file)?.includes(words))?.[0]
    return because === undefined ? [] : [{ check, because }]
  })
}

function argvOf(check: KnownCheck, folder: string): string[] | undefined {
  const npm = check.package && findInstalled(folder, check.package, check.bin ?? check.name)?.entry
  if (npm) {
    // Some packages install a native program under the command's name.
    const isScript = ['', '.js', '.mjs', '.cjs'].includes(path.extname(npm))
    return isScript ? [process.execPath, npm, ...check.args] : [npm, ...check.args]
  }
  if (check.package !== undefined && !check.anywhere) return undefined
  const own = findAbove(
    folder,
    folder,
    FOLDERS.map(place => `${place}/${check.bin ?? check.name}`),
  )
  const program = own ?? (isOnPath(check.bin ?? check.name) ? (check.bin ?? check.name) : undefined)
  return program === undefined ? undefined : [program, ...check.args]
}

/** Where the tools of a project itself are. */
const FOLDERS = ['.venv/bin', 'venv/bin', '.venv/Scripts', 'vendor/bin', 'bin']
