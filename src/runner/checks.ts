import path from 'node:path'
import process from 'node:process'
import type { PackageView } from './framework.ts'
import { findInstalled } from './installed.ts'

export type CheckKind = 'types' | 'lint'

/** A type checker or linter that a package is set up for and has installed. */
export interface Check {
  kind: CheckKind
  name: string
  /** Program and arguments; to be run in the package's folder. */
  argv: string[]
  /** The file that speaks for it. */
  because: string
}

/** Every check that can be run in a package. One that is configured but not installed is left out: see `missingChecks`. */
export function findChecks(folder: string, view: PackageView): Check[] {
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

interface Known {
  kind: CheckKind
  name: string
  /** The npm package and its command. */
  package: string
  bin: string
  args: string[]
  files: string[]
}

const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map(ending => `eslint.config.${ending}`)
const ESLINT_OLD = ['.eslintrc', '.eslintrc.json', '.eslintrc.js', '.eslintrc.cjs', '.eslintrc.yml']

const KNOWN: Known[] = [
  {
    kind: 'types',
    name: 'tsc',
    package: 'typescript',
    bin: 'tsc',
    args: ['--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'],
    files: ['tsconfig.json'],
  },
  {
    kind: 'lint',
    name: 'oxlint',
    package: 'oxlint',
    bin: 'oxlint',
    args: [],
    files: ['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'],
  },
  {
    kind: 'lint',
    name: 'eslint',
    package: 'eslint',
    bin: 'eslint',
    args: ['.'],
    files: [...ESLINT, ...ESLINT_OLD],
  },
  {
    kind: 'lint',
    name: 'biome',
    package: '@biomejs/biome',
    bin: 'biome',
    args: ['lint', '.'],
    files: ['biome.json', 'biome.jsonc'],
  },
]

function configured(view: PackageView): { check: Known; because: string }[] {
  return KNOWN.flatMap(check => {
    const because = check.files.find(file => view.exists(file))
    return because === undefined ? [] : [{ check, because }]
  })
}

function argvOf(check: Known, folder: string): string[] | undefined {
  const entry = findInstalled(folder, check.package, check.bin)?.entry
  if (entry === undefined) return undefined
  // Some packages install a native program under the command's name.
  const isScript = ['', '.js', '.mjs', '.cjs'].includes(path.extname(entry))
  return isScript ? [process.execPath, entry, ...check.args] : [entry, ...check.args]
}
