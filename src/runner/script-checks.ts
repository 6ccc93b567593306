import path from 'node:path'
import process from 'node:process'
import type { PackageView } from './framework.ts'
import { findInstalled } from './installed.ts'
import type { CheckKind, DetectedCheck } from './known-checks.ts'
import { scriptOf, scriptsOf } from './manifest.ts'
import { findAbove, isOnPath } from './program.ts'
import { RECIPE_FILES, recipeIn } from './recipes.ts'

/**
 * The commands that the project itself calls its linter and its type checker: scripts of package.json, and simple recipes of a
 * Makefile or justfile. A script that changes files, never ends, or cannot start here is left out.
 */
export function scriptChecks(folder: string, view: PackageView): DetectedCheck[] {
  return (['types', 'lint'] as const).flatMap(kind => {
    const found =
      namedScript(folder, view, kind) ?? recipe(view, kind) ?? linterInTests(folder, view, kind)
    return found ? [{ kind, ...found }] : []
  })
}

/** The command that runs a script of package.json, by the package manager of the project. */
export function scriptCommand(view: PackageView, script: string): string[] {
  const [manager = 'npm'] =
    MANAGERS.find(([name, lock]) => view.exists(lock) && isOnPath(name)) ?? []
  return [manager, 'run', script]
}

/** The configuration that a script of the project gives to the TypeScript compiler, if it is not the usual one. */
export function compilerProject(view: PackageView): string | undefined {
  const projects = Object.values(scriptsOf(view)).flatMap(
    script => /\btsc\b[^&|;]*?\s(?:-p|--project)[ =]([\w./-]+)/.exec(script)?.[1] ?? [],
  )
  return projects.find(file => view.exists(file))
}

type Found = Omit<DetectedCheck, 'kind'>

/** Names of scripts, those that only check first. */
const SCRIPTS: Record<CheckKind, readonly string[]> = {
  lint: 'lint:check check:lint lint-check check-lint lint:ci ci:lint lint lint:all lint:js lint:ts lint:src eslint oxlint xo standard'.split(
    ' ',
  ),
  types:
    'typecheck type-check check:types check-types types:check check:type type:check typecheck:all check:ts ts:check tsc:check lint:types lint:tsc types tsc'.split(
      ' ',
    ),
}

const MANAGERS: readonly (readonly [manager: string, lock: string])[] = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
]

/** It changes files, or does not end. */
const UNSUITABLE =
  /--(fix|write|apply|watch|serve|emitDeclarationOnly)\b|\s-w\b|\b(format|fmt|fix):?\w*\s*$/
/** Scripts that may also build or generate something. They have to say that they only check. */
const AMBIGUOUS = /^(types|tsc)$/
const ONLY_CHECKS = /--noEmit\b|\b(mypy|pyright|flow|tsd|attw|svelte-check|vue-tsc)\b/

function namedScript(folder: string, view: PackageView, kind: CheckKind): Found | undefined {
  const name = SCRIPTS[kind].find(name => {
    const script = scriptOf(view, name)
    if (script === undefined || UNSUITABLE.test(script)) return false
    if (AMBIGUOUS.test(name) && !ONLY_CHECKS.test(script)) return false
    return programsIn(script).every(program => canStart(folder, program))
  })
  if (name === undefined) return undefined
  const argv = scriptCommand(view, name)
  return { name: argv.join(' '), argv, because: `the script "${name}" of package.json` }
}

/** `xo` in `"test": "xo && ava"`. */
function linterInTests(folder: string, view: PackageView, kind: CheckKind): Found | undefined {
  if (kind !== 'lint') return undefined
  for (const name of ['test', 'pretest', 'posttest', 'check']) {
    for (const command of commandsIn(scriptOf(view, name) ?? '')) {
      const [program = '', ...args] = command.split(/\s+/)
      if (!LINTERS.has(program) || UNSUITABLE.test(command) || SHELL.test(command)) continue
      const entry = findInstalled(folder, program)?.entry
      if (entry === undefined) continue
      const argv = [process.execPath, entry, ...args]
      return { name: program, argv, because: `the script "${name}" of package.json` }
    }
  }
  return undefined
}

const LINTERS = new Set('xo standard semistandard ts-standard eslint oxlint'.split(' '))
const SHELL = /["'`$*<>(){}\\]/

function recipe(view: PackageView, kind: CheckKind): Found | undefined {
  for (const [program, file] of RECIPE_FILES) {
    const text = view.read(file)
    if (text === undefined || !isOnPath(program)) continue
    const name = SCRIPTS[kind].find(name => isSimple(recipeIn(text, name)))
    if (name !== undefined)
      return { name: `${program} ${name}`, argv: [program, name], because: `"${name}" in ${file}` }
  }
  return undefined
}

/** At most three calls of well-known tools that are there. */
function isSimple(lines: readonly string[]): boolean {
  return (
    lines.length > 0 &&
    lines.length <= 3 &&
    lines.every(line => {
      const [program = ''] = line.replace(/^[@-]+/, '').split(/\s+/)
      return TOOLS.has(program) && isOnPath(program) && !UNSUITABLE.test(line)
    })
  )
}

const TOOLS = new Set(
  'npm pnpm yarn npx node ruff flake8 mypy pyright pylint python python3 uv poetry hatch go golangci-lint cargo rubocop bundle eslint tsc'.split(
    ' ',
  ),
)

/** The commands of a script, without what sets variables or only passes on. */
function commandsIn(script: string): string[] {
  return script
    .split(/&&|\|\||;|\||&/)
    .map(command => command.trim().replace(PASSES_ON, ''))
    .filter(command => command !== '')
}

const PASSES_ON = /^((cross-env|npx|time|exec|dotenv)(\s+--?[\w-]+)*\s+|\w+=\S*\s+)+/

function programsIn(script: string): string[] {
  return commandsIn(script).map(command => command.split(/\s+/)[0] ?? '')
}

function canStart(folder: string, program: string): boolean {
  if (BUILT_IN.has(program) || /[/\\]/.test(program) || isOnPath(program)) return true
  const { root } = path.parse(folder)
  return findAbove(folder, root, [`node_modules/.bin/${program}`]) !== undefined
}

const BUILT_IN = new Set(['node', 'npm', 'cd', 'echo', 'test', 'true', 'exit', '[', 'export'])
