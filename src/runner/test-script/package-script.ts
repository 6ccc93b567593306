import path from 'node:path'
import { isCode } from '../../plan/file-role.ts'
import { globPattern, isGlob } from '../glob.ts'
import { namesOfScripts, type Manifest } from '../manifest.ts'
import type { RunnerUse } from './runner-options.ts'
import { readTestScript, type TestScript } from './test-script.ts'
import { textOfFile } from '../text-file.ts'

/** How the test script of a package calls a framework: once, several times, or not at all. */
export function usesIn(folder: string, framework: string): RunnerUse[] {
  const script = scriptWith(manifestIn(folder), framework)
  return (script?.uses ?? []).filter(use => use.framework === framework)
}

/** The first script for tests that calls a framework: `test`, otherwise one such as `test:e2e` or `unit`. */
export function scriptWith(
  manifest: Manifest | undefined,
  framework: string,
): TestScript | undefined {
  const names = ['test', ...namesOfScripts(manifest).filter(name => OTHER_SCRIPT.test(name))]
  return names
    .map(name => readTestScript(manifest, name))
    .find(script => script?.uses.some(use => use.framework === framework))
}

/** Scripts that run tests once, and not again and again. */
const OTHER_SCRIPT = /^(?:tests?|unit|e2e|spec|integration)(?:[:._-](?!.*watch)[\w:.-]+)?$/

/** The call that goes with these files: the one that names a folder around the first of them, otherwise the first one. */
export function useFor(
  uses: readonly RunnerUse[],
  cwd: string,
  files: readonly string[],
): RunnerUse | undefined {
  const file = path
    .relative(cwd, files[0] ?? '')
    .split(path.sep)
    .join('/')
  return uses.find(({ targets }) => targets.some(target => covers(target, file))) ?? uses[0]
}

/** Does the test script name this file (relative to the package), or a folder or pattern that it is in? */
export function isTestTarget(folder: string, framework: string, file: string): boolean {
  if (!NAMES_FILES.has(framework) || !isCode(file)) return false
  return usesIn(folder, framework).some(({ targets }) => targets.some(one => covers(one, file)))
}

/** Runners for which an argument is a file, a folder or a pattern of paths, and not a part of a name. */
const NAMES_FILES = new Set(['mocha', 'node:test', 'ava'])

function covers(target: string, file: string): boolean {
  if (isGlob(target)) return globPattern(target).test(file)
  const folder = path.posix.normalize(target).replace(/\/$/, '')
  return folder !== '.' && (file === folder || file.startsWith(`${folder}/`))
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(textOfFile(path.join(folder, 'package.json')))
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    // Without a package.json that can be read there is no script.
    return undefined
  }
}
