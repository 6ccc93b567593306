import { existsSync } from 'node:fs'
import path from 'node:path'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findAbove, isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { loadFailureReport } from '../reports/load-failure.ts'

/** PHPUnit 9 and later. It accepts one file per run. */
export const phpunit = phpFramework({
  name: 'phpunit',
  imports: /\bPHPUnit\\Framework\\TestCase\b/,
  package: 'phpunit/phpunit',
  files: ['phpunit.xml', 'phpunit.xml.dist'],
})

/** Pest, which runs on PHPUnit. */
export const pest = phpFramework({
  name: 'pest',
  imports: /^[ \t]*(?:it|test|describe)\s*\(/m,
  package: 'pestphp/pest',
  files: ['tests/Pest.php'],
})

interface PhpRunner {
  name: string
  imports: RegExp
  /** The package in composer.json. */
  package: string
  files: string[]
}

function phpFramework(runner: PhpRunner): Framework {
  return {
    name: runner.name,
    language: 'php',
    source: 'file',
    imports: runner.imports,
    detect(view) {
      const file = runner.files.find(view.exists)
      if (file !== undefined) return file
      const isRequired = view.read('composer.json')?.includes(`"${runner.package}"`)
      return isRequired ? `${runner.package} in composer.json` : undefined
    },
    isTest: file => /(?:Test|\/test_[^/]*)\.php$/.test(file) || isPest(runner, file),
    testPatterns: '*Test.php',
    configuration: (view: PackageView) =>
      [...CONFIGURATIONS, 'tests/Pest.php', 'tests/bootstrap.php'].filter(view.exists),
    manifestKeys: [],
    snapshots: () => [],
    split: ({ files, names }) =>
      files.length > 1 ? files.map(file => ({ files: [file], names })) : [{ files, names }],
    command: request => command(runner, request),
    install: `Install ${runner.name}: composer require --dev ${runner.package}.`,
    parse,
  }
}

function isPest({ name }: PhpRunner, file: string): boolean {
  return name === 'pest' && /(?:^|\/)tests\/(?:.+\/)?[^/]+\.php$/.test(file)
}

function command({ name }: PhpRunner, request: TestRequest) {
  const installed = findAbove(request.cwd, request.root, [`vendor/bin/${name}`])
  const program = installed ?? (isOnPath(name) ? name : undefined)
  if (program === undefined) return undefined
  const flags = [
    '--colors=never',
    `--log-junit=${request.report}`,
    '--do-not-cache-result',
    '--no-coverage',
  ]
  return { argv: [program, ...flags, ...filter(request), ...targets(request)], env: {} }
}

/** Without a configuration file PHPUnit has no default suite and needs a folder. */
function targets({ cwd, files }: TestRequest): string[] {
  const exists = (name: string) => existsSync(path.join(cwd, name))
  if (files.length > 0 || CONFIGURATIONS.some(exists)) return files
  return [['tests', 'test'].find(exists) ?? '.']
}

const CONFIGURATIONS = ['phpunit.xml', 'phpunit.xml.dist']

/** PHPUnit matches the filter against the bytes of `Class::test with data set "x"`. */
function filter({ names }: TestRequest): string[] {
  if (names.length === 0) return []
  const patterns = names.map(name =>
    escaped(name.split(' > ').at(-1) ?? name).replaceAll(' ', SPACE_BYTES),
  )
  return ['--filter', `/(?:^|::|\\s)(?:${patterns.join('|')})$/`]
}

/** The bytes that `cleanName` replaces by one space. */
const SPACE_BYTES = String.raw`(?:[\s[:cntrl:]]|\xc2[\x80-\xa0]|\xe2[\x80\x81][\x80-\xbf]|\xef\xbb\xbf)+`

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/#-]/g, String.raw`\$&`)
}

/** After a fatal error while loading a file there is no report. PHPUnit reports a class without tests as a warning. */
function parse(
  text: string,
  request: TestRequest,
  { exitCode, signal, output }: RunnerExit,
): Report {
  const fatal =
    /PHP (?:Fatal|Parse) error:\s+(.*)|^(?:Fatal|Parse) error:\s+(.*)|^Class .* could not be found in .*/m.exec(
      output,
    )
  if (text === '' && exitCode !== 0 && signal === null && fatal !== null && !hasRunTests(output))
    return loadFailureReport(fatal[1] ?? fatal[2] ?? fatal[0], output, request)
  const report = readJunit(text, request)
  const isEmpty = /No tests (?:found in class|executed)/.test(output)
  return {
    ...report,
    tests: report.tests.filter(test => !isEmpty || !test.id.endsWith('> Warning')),
  }
}

/** Did tests run before the error? Then the error is in a test and not in loading the file. */
function hasRunTests(output: string): boolean {
  return /^PHPUnit [\d.]+ by/m.test(output) && /^[.FEWSRIN]+(?:\s|$)/m.test(output)
}
