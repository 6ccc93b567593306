import path from 'node:path'
import process from 'node:process'
import type { PackageView } from './framework.ts'
import { findInstalled } from './installed.ts'
import { KNOWN_CHECKS, type DetectedCheck, type KnownCheck } from './known-checks.ts'
import { findAbove, isOnPath } from './program.ts'
import { compilerProject, scriptChecks } from './script-checks.ts'

/**
 * All checks that can be run in a package, those that its own scripts name first. Checks that are configured but not installed are left
 * out: see `missingChecks`.
 */
export function findChecks(folder: string, view: PackageView): DetectedCheck[] {
  const known = configured(view).flatMap(({ check, because }) => {
    const argv = argvOf(check, folder, view)
    return argv === undefined ? [] : [{ kind: check.kind, name: check.name, argv, because }]
  })
  return [...scriptChecks(folder, view), ...known]
}

/** Names of the checks that are configured but not installed. */
export function missingChecks(folder: string, view: PackageView): string[] {
  return configured(view)
    .filter(({ check }) => argvOf(check, folder, view) === undefined)
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

function argvOf(check: KnownCheck, folder: string, view: PackageView): string[] | undefined {
  const args = argsFor(check, view)
  const entry =
    check.package && findInstalled(folder, check.package, check.bin ?? check.name)?.entry
  if (entry) {
    // Some npm packages install a native program instead of a script.
    const isScript = ['', '.js', '.mjs', '.cjs'].includes(path.extname(entry))
    return isScript ? [process.execPath, entry, ...args] : [entry, ...args]
  }
  if (check.package !== undefined && !check.anywhere) return undefined
  const installed = findAbove(
    folder,
    folder,
    BIN_FOLDERS.map(bin => `${bin}/${check.bin ?? check.name}`),
  )
  const program =
    installed ?? (isOnPath(check.bin ?? check.name) ? (check.bin ?? check.name) : undefined)
  return program === undefined ? undefined : [program, ...args]
}

/** What the project's own configuration says about what is checked goes before our defaults. */
function argsFor({ name, args }: KnownCheck, view: PackageView): string[] {
  if (name === 'tsc') return [...args.slice(0, -1), compilerProject(view) ?? args.at(-1) ?? '']
  return name === 'mypy' && namesTargets(view) ? args.slice(0, -1) : args
}

/** Does the configuration of mypy name files, packages or modules? */
function namesTargets(view: PackageView): boolean {
  return ['mypy.ini', '.mypy.ini', 'pyproject.toml', 'setup.cfg'].some(file => {
    const [, ...sections] = (view.read(file) ?? '').split(/^\[(?:tool\.)?mypy\]/m)
    return sections.some(text =>
      /^[ \t]*(files|packages|modules)\s*=/m.test(text.split(/^\[/m)[0] ?? ''),
    )
  })
}

/** Folders of a project in which its own tools are installed. */
const BIN_FOLDERS = ['.venv/bin', 'venv/bin', '.venv/Scripts', 'vendor/bin', 'bin']
