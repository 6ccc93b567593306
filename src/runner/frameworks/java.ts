import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Command, Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findAbove, isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { notLoaded } from '../reports/not-loaded.ts'

/** JUnit, run by Maven. */
export const maven = {
  ...javaFramework('target/surefire-reports'),
  name: 'maven',
  detect: view => (view.exists('pom.xml') ? 'pom.xml' : undefined),
  configuration: (view: PackageView) =>
    ['pom.xml', 'src/test/resources/junit-platform.properties'].filter(view.exists),
  command(request) {
    const program = programOf(request, 'mvnw', 'mvn')
    const chosen = request.files.map(file => testOf(file, request)).join(',')
    const flags = ['-B', '-ntp', '-Dstyle.color=never', '-Dsurefire.skipAfterFailureCount=0']
    const only =
      chosen === ''
        ? []
        : [`-Dtest=${chosen}`, '-Dsurefire.failIfNoSpecifiedTests=false', '-DfailIfNoTests=false']
    return program === undefined
      ? undefined
      : { argv: [program, ...flags, 'test', ...only], env: {} }
  },
  install: 'Install Maven, so that the command mvn is on the PATH, or add its wrapper mvnw.',
} satisfies Framework

/** JUnit, run by Gradle. */
export const gradle = {
  ...javaFramework('build/test-results/test'),
  name: 'gradle',
  detect: view => ['build.gradle.kts', 'build.gradle'].find(view.exists),
  configuration: (view: PackageView) =>
    [
      'build.gradle',
      'build.gradle.kts',
      'settings.gradle',
      'settings.gradle.kts',
      'gradle.properties',
    ].filter(view.exists),
  command(request): Command | undefined {
    const program = programOf(request, 'gradlew', 'gradle')
    const chosen = request.files.flatMap(file => ['--tests', classOf(file)])
    // Tests that are up to date would not run, and would leave no report.
    const flags = ['--console=plain', '--continue', 'cleanTest', 'test']
    return program === undefined ? undefined : { argv: [program, ...flags, ...chosen], env: {} }
  },
  install: 'Install Gradle, so that the command gradle is on the PATH, or add its wrapper gradlew.',
} satisfies Framework

function javaFramework(folder: string) {
  return {
    language: 'java' as const,
    source: 'file' as const,
    isTest: (file: string) => /(?:Tests?|TestCase|IT|Spec)\.(?:java|kt|groovy|scala)$/.test(file),
    testPatterns: '*Test.java, *Tests.java or *TestCase.java (also .kt, .groovy, .scala)',
    manifestKeys: [],
    snapshots: () => [],
    collect: ({ cwd }: TestRequest, since: number) => collect(path.join(cwd, folder), since),
    parse,
  }
}

function programOf(
  { cwd, root }: TestRequest,
  wrapper: string,
  program: string,
): string | undefined {
  return findAbove(cwd, root, [wrapper]) ?? (isOnPath(program) ? program : undefined)
}

/** The reports of this run alone: earlier ones stay where they are. Two seconds is as exact as some file systems are. */
function collect(folder: string, since: number): string {
  const names = namesIn(folder).filter(name => /^TEST-.*\.xml$/.test(name))
  const files = names.map(name => path.join(folder, name))
  const fresh = files.filter(file => statSync(file).mtimeMs >= since - 10)
  return fresh.map(file => ensured(readFileSync(file, 'utf8'))).join('\n')
}

/** Each document begins with its declaration, so that several can be told apart. */
function ensured(text: string): string {
  return text.startsWith('<?xml ') ? text : `<?xml version="1.0"?>\n${text}`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** `com.acme.SumsTest` and what is nested in it. */
function testOf(file: string, { names }: TestRequest): string {
  const own = classOf(file)
  if (names.length === 0) return `${own},${own}$*`
  const methods = names.map(name => (name.split(' > ').at(-1) ?? '').replace(/[({[].*$/, ''))
  return `${own}#${[...new Set(methods)].join('+')}`
}

function classOf(file: string): string {
  const text = readFileSync(file, 'utf8')
  const place = /^\s*package\s+([\w.]+)/m.exec(text)?.[1]
  return [place, path.parse(file).name].filter(part => part !== undefined).join('.')
}

const ROOTS = ['java', 'kotlin', 'groovy', 'scala'].map(name => `src/test/${name}`)
const COMPILER =
  /^\[ERROR\] (?:COMPILATION ERROR|.*\.(?:java|kt):\[\d+,\d+\].*)|^(?:\S+\.(?:java|kt):\d+: error: .*|e: .*)/m

/** What cannot be compiled runs no test of the package, and leaves no report. */
function parse(text: string, request: TestRequest, ending: Ending): Report {
  const { exitCode, signal, output } = ending
  if (text === '' && exitCode !== 0 && signal === null && COMPILER.test(output)) {
    const error = /^(?:\[ERROR\] )?\S+\.(?:java|kt):(?:\[\d+,\d+\]|\d+: error:) (.*)$/m.exec(output)
    return notLoaded(error?.[1] ?? 'It could not be compiled.', output, request)
  }
  if (text === '' && exitCode === 0) return notFound(request)
  const report = readJunit(text, request, { roots: ROOTS })
  const died = /forked VM terminated|error in the fork|crashed|Process 'Gradle Test Executor/.test(
    output,
  )
  return { ...report, complete: report.complete && !died }
}

/** Nothing was to be run. */
function notFound(request: TestRequest): Report {
  return readJunit('<testsuites></testsuites>', request)
}
