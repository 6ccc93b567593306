import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createHash } from 'node:crypto'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { builtTargets, requestTargets } from './cmake-build.ts'
import { testsOf } from './cmake-targets.ts'
import { textOfFile } from '../text-file.ts'

/** `ctest`: tests with GoogleTest, Catch2, or any program. They are built first. A file selects the tests of its target. */
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
    if (!isInstalled()) return undefined
    const build = buildFolder(request.cwd)
    requestTargets(build)
    return {
      argv: ['ctest', '--test-dir', build, '--output-junit', request.report, ...FLAGS],
      select: () => selection(request, build),
      env: { CTEST_OUTPUT_ON_FAILURE: '1', CLICOLOR: '0', CMAKE_COLOR_DIAGNOSTICS: 'OFF' },
      before: [
        ['cmake', '-S', request.cwd, '-B', build],
        ['cmake', '--build', build],
      ],
    }
  },
  isInstalled,
  install: 'Install CMake, so that the commands cmake and ctest are on the PATH.',
  parse,
} satisfies Framework

function isInstalled(): boolean {
  return isOnPath('cmake') && isOnPath('ctest')
}

/** The project's own `build` folder if it was configured for this checkout, otherwise a folder below `~/.cache/redgreen`. */
function buildFolder(cwd: string): string {
  const projectFolder = path.join(cwd, 'build')
  const cache = path.join(projectFolder, 'CMakeCache.txt')
  if (textOfFile(cache).includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${cwd}\n`)) return projectFolder
  const cacheHome = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache')
  const name = createHash('sha256').update(cwd).digest('hex').slice(0, 16)
  return path.join(cacheHome, 'redgreen', 'builds', name)
}

const FLAGS = ['--output-on-failure', '--no-tests=ignore']

function selection({ cwd, files, names }: TestRequest, build: string): string[] {
  if (files.length === 0) return []
  const targets = builtTargets(build, cwd)
  const chosen = names.length > 0 ? names : files.flatMap(file => testsOf(targets, file))
  return ['-R', `^(.*\\.)?(${chosen.map(escaped).join('|')})(/.*)?$`]
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replace(/ /g, '[ \t]+')
}

/** The reasons of failures are read from the list that ctest prints at its end and from the output of the tests. */
function parse(text: string, request: TestRequest, { output }: RunnerExit): Report {
  const targets = builtTargets(buildFolder(request.cwd), request.cwd)
  const all = targets.flatMap(({ sources }) => sources)
  const isTest = (source: string) => ctest.isTest(path.relative(request.root, source))
  // A program may also contain source files that are not tests. If it has a test file, its tests belong to that file.
  const ordered = [...all.filter(source => !isTest(source)), ...all.filter(isTest)]
  const sources = new Map(
    ordered.flatMap(source => testsOf(targets, source).map(name => [name, source] as const)),
  )
  const listed = [...output.matchAll(/^[ \t]*\d+ - (\S.*?) \(([^()]+)\)$/gm)]
  const ends = new Map(listed.map(([, name = '', end = '']) => [name, end]))
  return readJunit(text, request, {
    locationOf: title => ({
      file: sourceOf(title, sources) ?? path.join(request.cwd, 'CMakeLists.txt'),
      name: title,
    }),
    reasonOf: (title, output) => reasonOf(ends.get(title) ?? '', output),
  })
}

/** The source file of a test, whose title may have its target as a prefix and its parameters as a suffix. */
function sourceOf(title: string, sources: ReadonlyMap<string, string>): string | undefined {
  const plain = title.replace(/\/.*$/, '')
  const parts = plain.split('.')
  const names = parts.map((_, at) => parts.slice(at).join('.'))
  return [title, ...names].map(name => sources.get(name)).find(source => source !== undefined)
}

function reasonOf(end: string, output: string) {
  if (end === 'Timeout') return 'timeout'
  if (end === 'Not Run') return 'hook'
  if (/: Failure$|^\[ {2}FAILED {2}\]|FAILED:$|[Aa]ssertion .*failed/m.test(output))
    return 'assertion'
  return end === 'Failed' || end === '' ? 'error' : 'crash'
}
