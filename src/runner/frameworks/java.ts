import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Ending, Report, TestRequest } from '../framework.ts'
import { findAbove, isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { notLoaded } from '../reports/not-loaded.ts'

/** What Maven and Gradle have in common; `folder` is where the JUnit files of a run are found. */
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

/** The project's own wrapper, else what is on the PATH. */
export function programOf(
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

/** `com.acme.SumsTest`, as the text of the file has it. */
export function classOf(file: string): string {
  const text = readFileSync(file, 'utf8')
  const place = /^\s*package\s+([\w.]+)/m.exec(text)?.[1]
  return [place, path.parse(file).name].filter(part => part !== undefined).join('.')
}

/** The class of a named test, with the classes around it, and its method with what its parameters add. */
export function methodOf(file: string, name: string): { type: string; method: string } {
  const [, suites = '', method = name] = /^((?:[\p{L}\p{N}_$]+ > )*)(.*)$/u.exec(name) ?? []
  return { type: [classOf(file), ...suites.split(' > ').slice(0, -1)].join('$'), method }
}

/** Method names alone: `adds(int)[1]` is one of those of `adds`. */
export function plainMethod(method: string): string {
  return method.replace(/[({[].*$/, '')
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
