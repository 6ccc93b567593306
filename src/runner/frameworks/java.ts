import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { RunnerExit, Report, TestRequest } from '../framework.ts'
import { findAbove, isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { textOfFile } from '../text-file.ts'

/** The common part of Maven and Gradle. `folder` is where they write the JUnit files, relative to the package. */
export function javaFramework(folder: string) {
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

/** The project's wrapper script, otherwise the program on the PATH. */
export function findBuildTool(
  { cwd, root }: TestRequest,
  wrapper: string,
  program: string,
): string | undefined {
  return findAbove(cwd, root, [wrapper]) ?? (isOnPath(program) ? program : undefined)
}

/** The reports of this run. Reports of earlier runs stay in the folder and are ignored. */
function collect(folder: string, since: number): string {
  const names = namesIn(folder).filter(name => /^TEST-.*\.xml$/.test(name))
  const files = names.map(name => path.join(folder, name))
  // Allows for clocks of file systems that are less exact than `Date.now()`.
  const current = files.filter(file => statSync(file).mtimeMs >= since - 10)
  return current.map(file => withDeclaration(textOfFile(file, MAX_REPORT_BYTES))).join('\n')
}

/** A report holds the output of its tests. */
const MAX_REPORT_BYTES = 128 * 1024 * 1024

/** Starts a document with its XML declaration, because `readJunit` splits concatenated documents there. */
function withDeclaration(text: string): string {
  return text.startsWith('<?xml ') ? text : `<?xml version="1.0"?>\n${text}`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The full name of a file's class, such as `com.acme.SumsTest`. */
export function classOf(file: string): string {
  const text = textOfFile(file)
  const packageName = /^[ \t]*package\s+([\w.]+)/m.exec(text)?.[1]
  return [packageName, path.parse(file).name].filter(part => part !== undefined).join('.')
}

/** The class of a named test, including enclosing classes, and its method, including its parameters. */
export function methodOf(file: string, name: string): { type: string; method: string } {
  const [, suites = '', method = name] = /^((?:[\p{L}\p{N}_$]+ > )*)(.*)$/u.exec(name) ?? []
  return { type: [classOf(file), ...suites.split(' > ').slice(0, -1)].join('$'), method }
}

/** The plain name of a method: `adds` for `adds(int)[1]`. */
export function withoutParameters(method: string): string {
  return method.replace(/[({[].*$/, '')
}

const SOURCE_ROOTS = ['java', 'kotlin', 'groovy', 'scala'].map(name => `src/test/${name}`)
const COMPILER_ERROR =
  /^\[ERROR\] (?:COMPILATION ERROR|.*\.(?:java|kt):\[\d+,\d+\].*)|^(?:\S+\.(?:java|kt):\d+: error: .*|e: .*)/m

/** If a file does not compile, no test of the package runs and there is no report. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const { exitCode, signal, output } = exit
  if (text === '' && exitCode !== 0 && signal === null && COMPILER_ERROR.test(output)) {
    return loadFailureReport(compilerMessage(output), output, request)
  }
  if (text === '' && exitCode === 0) return emptyReport(request)
  const report = readJunit(text, request, { roots: SOURCE_ROOTS })
  const died = /forked VM terminated|error in the fork|crashed|Process 'Gradle Test Executor/.test(
    output,
  )
  return { ...report, complete: report.complete && !died }
}

/** The first error of the compiler. Javac names a missing symbol in lines of their own. */
function compilerMessage(output: string): string {
  const error = JAVAC.exec(output) ?? KOTLINC.exec(output)
  const [, message = 'The compilation failed.'] = error ?? []
  const lines = output.slice((error?.index ?? 0) + (error?.[0].length ?? 0)).split('\n', 7)
  const next = lines.findIndex(line => JAVAC.test(line))
  const detail = (next < 0 ? lines : lines.slice(0, next)).join('\n')
  const symbol = /^(?:\[ERROR\])? +symbol: +(\S.*)$/m.exec(detail)?.[1]
  const location = /^(?:\[ERROR\])? +location: +(\S.*)$/m.exec(detail)?.[1]
  const place = location === undefined ? '' : ` in ${location}`
  return symbol === undefined ? message : `${message}: ${symbol}${place}`
}

const JAVAC = /^(?:\[ERROR\] )?\S+\.(?:java|kt|groovy|scala):(?:\[\d+,\d+\]|\d+: error:) (.*)$/m
const KOTLINC = /^e: \S+\.kts?: ?(?:\(\d+, \d+\):|\d+:\d+) (.*)$/m

/** The report of a run without any tests. */
function emptyReport(request: TestRequest): Report {
  return readJunit('<testsuites></testsuites>', request)
}
