import path from 'node:path'
import { textOfFile } from '../text-file.ts'

/** A program that CMake builds, and the tests that run it. */
export interface CmakeTarget {
  name: string
  /** Absolute paths. */
  sources: string[]
  /** Names of the `add_test` commands that run it. */
  tests: string[]
}

/**
 * Reads the programs of a project from its CMakeLists.txt files. Names that a script computes are not found. A folder that is added twice,
 * or by a folder below it, is read once.
 */
export function readCmakeTargets(folder: string, read = new Set<string>()): CmakeTarget[] {
  if (read.has(folder)) return []
  read.add(folder)
  const file = path.join(folder, 'CMakeLists.txt')
  const text = withoutComments(textOfFile(file))
  const addTestCalls = argumentsOf(text, 'add_test')
  const targets = argumentsOf(text, 'add_executable').map(([name = '', ...sources]) => ({
    name,
    sources: sources.filter(one => !one.startsWith('$')).map(one => path.resolve(folder, one)),
    tests: addTestCalls.flatMap(args => testNamed(args, name)),
  }))
  const nested = argumentsOf(text, 'add_subdirectory').flatMap(([name = '']) =>
    name === '' ? [] : readCmakeTargets(path.join(folder, name), read),
  )
  return [...targets, ...nested]
}

function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|#.*$/gm, '$1')
}

/** Names of the tests of a source file: the tests that it defines, and those of the programs that it is part of. */
export function testsOf(targets: readonly CmakeTarget[], file: string): string[] {
  const text = textOfFile(file)
  const googleTests = [...text.matchAll(/^[ \t]*TEST(?:_F|_P)?\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)/gm)]
  const catchTests = [
    ...text.matchAll(/^[ \t]*(?:TEST_CASE|SCENARIO)\s*\(\s*"((?:[^"\\]|\\.)*)"/gm),
  ]
  const programTests = targets
    .filter(({ sources }) => sources.includes(file))
    .flatMap(({ tests }) => tests)
  return [
    ...googleTests.map(([, suite, name]) => `${suite}.${name}`),
    ...catchTests.map(([, name = '']) => name),
    ...programTests,
  ]
}

function testNamed(args: string[], target: string): string[] {
  const name = args[0] === 'NAME' ? args[1] : args[0]
  const command = args[0] === 'NAME' ? args[args.indexOf('COMMAND') + 1] : args[1]
  const runsTarget = command === target || command === `$<TARGET_FILE:${target}>`
  return name !== undefined && runsTarget ? [name] : []
}

/** The arguments of every call of a command. Only quoted arguments may contain spaces, parentheses and `#`. */
function argumentsOf(text: string, command: string): string[][] {
  const calls = text.matchAll(/\b(\w+)\s*\(((?:"(?:[^"\\]|\\.)*"|[^()"])*)\)/g)
  return [...calls].flatMap(([, name = '', args = '']) =>
    name.toLowerCase() === command ? [splitArguments(args)] : [],
  )
}

function splitArguments(text: string): string[] {
  const args = text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/g)
  return [...args].map(([, quoted, plain = '']) => quoted?.replace(/\\(.)/g, '$1') ?? plain)
}
