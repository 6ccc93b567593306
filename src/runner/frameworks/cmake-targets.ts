import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A program that CMake builds, with the tests that it runs. */
export interface CmakeTarget {
  name: string
  /** Absolute. */
  sources: string[]
  /** Names that `add_test` gives it. */
  tests: string[]
}

/** The programs of a project as its CMakeLists.txt name them; what a script computes is not seen. */
export function targetsOf(folder: string): CmakeTarget[] {
  const file = path.join(folder, 'CMakeLists.txt')
  if (!existsSync(file)) return []
  const text = withoutComments(readFileSync(file, 'utf8'))
  const added = argumentsOf(text, 'add_test')
  const own = argumentsOf(text, 'add_executable').map(([name = '', ...sources]) => ({
    name,
    sources: sources.filter(one => !one.startsWith('$')).map(one => path.resolve(folder, one)),
    tests: added.flatMap(words => testNamed(words, name)),
  }))
  const below = argumentsOf(text, 'add_subdirectory').flatMap(([name = '']) =>
    name === '' ? [] : targetsOf(path.join(folder, name)),
  )
  return [...own, ...below]
}

function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|#.*$/gm, '$1')
}

/** Names of the tests of a source file: those that it defines, and those of the program that it is part of. */
export function testsOf(targets: readonly CmakeTarget[], file: string): string[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const google = [...text.matchAll(/^\s*TEST(?:_F|_P)?\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)/gm)]
  const catches = [...text.matchAll(/^\s*(?:TEST_CASE|SCENARIO)\s*\(\s*"((?:[^"\\]|\\.)*)"/gm)]
  const whole = targets
    .filter(({ sources }) => sources.includes(file))
    .flatMap(({ tests }) => tests)
  return [
    ...google.map(([, suite, name]) => `${suite}.${name}`),
    ...catches.map(([, name = '']) => name),
    ...whole,
  ]
}

function testNamed(words: string[], target: string): string[] {
  const name = words[0] === 'NAME' ? words[1] : words[0]
  const command = words[0] === 'NAME' ? words[words.indexOf('COMMAND') + 1] : words[1]
  const isIts = command === target || command === `$<TARGET_FILE:${target}>`
  return name !== undefined && isIts ? [name] : []
}

/** The arguments of every call of a command. Only in quotes may one have blanks, brackets and `#`. */
function argumentsOf(text: string, command: string): string[][] {
  const calls = text.matchAll(/\b(\w+)\s*\(((?:"(?:[^"\\]|\\.)*"|[^()"])*)\)/g)
  return [...calls].flatMap(([, name = '', words = '']) =>
    name.toLowerCase() === command ? [wordsIn(words)] : [],
  )
}

function wordsIn(text: string): string[] {
  const words = text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/g)
  return [...words].map(([, quoted, plain = '']) => quoted?.replace(/\\(.)/g, '$1') ?? plain)
}
