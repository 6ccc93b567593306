import path from 'node:path'
import process from 'node:process'
import type { PackageView } from './framework.ts'
import { findInstalled } from './installed.ts'
import { KNOWN_CHECKS, type CheckKind, type KnownCheck } from './known-checks.ts'
import { findAbove, isOnPath } from './program.ts'

/** A type checker or linter that a package configures and that is installed. */
export interface DetectedCheck {
  kind: CheckKind
  name: string
  /** Program and arguments, to be run in the package's folder. */
  argv: string[]
  /** The configuration file by which it was detected. */
  because: string
}

/** All checks that can be run in a package. Checks that are configured but not installed are left out: see `missingChecks`. */
export function findChecks(folder: string, view: PackageView): DetectedCheck[] {
  return configured(view).flatMap(({ check, because }) => {
    const argv = argvOf(check, folder)
    return argv === undefined ? [] : [{ kind: check.kind, name: check.name, argv, because }]
  })
}

/** Names of the checks that are configured but not installed. */
export function missingChecks(folder: string, view: PackageView): string[] {
  return configured(view)
    .filter(({ check }) => argvOf(check, folder) === undefined)
    .map(({ check }) => check.name)
}

function configured(view: PackageView): { check: KnownCheck; because: string }[] {
  return KNOWN_CHECKS.flatMap(check => {
    const because =
      check.files.find(file => view.exists(file)) ??
      check.sections?.find(([file, text]) => view.read(file)?.includes(text))?.[0]
    return because === undefined ? [] : [{ check, because }]
  })
}

function argvOf(check: KnownCheck, folder: string): string[] | undefined {
  const entry =
    check.package && findInstalled(folder, check.package, check.bin ?? check.name)?.entry
  if (entry) {
    // Some npm packages install a native program instead of a script.
    const isScript = ['', '.js', '.mjs', '.cjs'].includes(path.extname(entry))
    return isScript ? [process.execPath, entry, ...check.args] : [entry, ...check.args]
  }
  if (check.package !== undefined && !check.anywhere) return undefined
  const installed = findAbove(
    folder,
    folder,
    BIN_FOLDERS.map(bin => `${bin}/${check.bin ?? check.name}`),
  )
  const program =
    installed ?? (isOnPath(check.bin ?? check.name) ? (check.bin ?? check.name) : undefined)
  return program === undefined ? undefined : [program, ...check.args]
}

/** Folders of a project in which its own tools are installed. */
const BIN_FOLDERS = ['.venv/bin', 'venv/bin', '.venv/Scripts', 'vendor/bin', 'bin']
