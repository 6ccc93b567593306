import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createHash } from 'node:crypto'
import type { Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { targetsOf, testsOf } from './cmake-targets.ts'

/** The tests of CMake: GoogleTest, Catch2, or any program. They are built first; a file stands for its target's tests. */
export const ctest = {
  name: 'ctest',
  language: 'cpp',
  source: 'file',
  detect: view =>
    /\b(?:enable_testing|include\s*\(\s*CTest)/i.test(view.read('CMakeLists.txt') ?? '')
      ? 'enable_testing in CMakeLists.txt'
      : undefined,
  isTest: file =>
    /(?:^|[/._-])(?:tests?|spec)(?:[._-][^/]*|\/.*)?\.(?:c|cc|cpp|cxx)$/i.test(file) ||
    /Tests?\.(?:c|cc|cpp|cxx)$/.test(file),
  testPatterns:
    '*_test.cpp, test_*.cpp, *Test.cpp or anything in a test folder (also .c, .cc, .cxx)',
  configuration: (view: PackageView) =>
    ['CMakeLists.txt', 'CMakePresets.json', 'test/CMakeLists.txt', 'tests/CMakeLists.txt'].filter(
      view.exists,
    ),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    if (!isOnPath('cmake') || !isOnPath('ctest')) return undefined
    const build = buildFolder(request.cwd)
    return {
      argv: ['ctest', '--test-dir', build, '--output-junit', request.report, ...flags(request)],
      env: { CTEST_OUTPUT_ON_FAILURE: '1', CLICOLOR: '0', CMAKE_COLOR_DIAGNOSTICS: 'OFF' },
      before: [
        ['cmake', '-S', request.cwd, '-B', build],
        ['cmake', '--build', build],
      ],
    }
  },
  install: 'Install CMake, so that the commands cmake and ctest are on the PATH.',
  parse,
} satisfies Framework

/** The project's own build folder where there is one for exactly this checkout, else one outside of it. */
function buildFolder(cwd: string): string {
  const own = path.join(cwd, 'build')
  const cache = path.join(own, 'CMakeCache.txt')
  if (
    existsSync(cache) &&
    readFileSync(cache, 'utf8').includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${cwd}\n`)
  )
    return own
  const home = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache')
  const name = createHash('sha256').update(cwd).digest('hex').slice(0, 16)
  return path.join(home, 'redgreen', 'builds', name)
}

function flags({ cwd, files, names }: TestRequest): string[] {
  const rest = ['--output-on-failure', '--no-tests=ignore']
  if (files.length === 0) return rest
  const all = files.flatMap(file => testsOf(targetsOf(cwd), file))
  const chosen = names.length > 0 ? names : all
  return [...rest, '-R', `^(.*\\.)?(${chosen.map(escaped).join('|')})(/.*)?$`]
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replace(/ /g, '[ \t]+')
}

/** The reason stands in the list that ctest prints at the end, and in what the test printed. */
function parse(text: string, request: TestRequest, { output }: Ending): Report {
  const targets = targetsOf(request.cwd)
  const all = targets.flatMap(({ sources }) => sources)
  const isTest = (source: string) => ctest.isTest(path.relative(request.root, source))
  // A program is built of code as well: its tests belong to the file of tests, where it has one.
  const ordered = [...all.filter(source => !isTest(source)), ...all.filter(isTest)]
  const sources = new Map(
    ordered.flatMap(source => testsOf(targets, source).map(name => [name, source] as const)),
  )
  const listed = [...output.matchAll(/^\s*\d+ - (\S.*?) \(([^()]+)\)$/gm)]
  const ends = new Map(listed.map(([, name = '', end = '']) => [name, end]))
  return readJunit(text, request, {
    placeOf: title => ({
      file: sourceOf(title, sources) ?? path.join(request.cwd, 'CMakeLists.txt'),
      name: title,
    }),
    reasonOf: (title, said) => reasonOf(ends.get(title) ?? '', said),
  })
}

/** Tests may have a prefix of their target, and a suffix of their parameters. */
function sourceOf(title: string, sources: ReadonlyMap<string, string>): string | undefined {
  const plain = title.replace(/\/.*$/, '')
  const parts = plain.split('.')
  const names = parts.map((_, at) => parts.slice(at).join('.'))
  return [title, ...names].map(name => sources.get(name)).find(source => source !== undefined)
}

function reasonOf(end: string, said: string) {
  if (end === 'Timeout') return 'timeout'
  if (end === 'Not Run') return 'hook'
  if (/: Failure$|^\[ {2}FAILED {2}\]|FAILED:$|[Aa]ssertion .*failed/m.test(said))
    return 'assertion'
  return end === 'Failed' || end === '' ? 'error' : 'crash'
}
