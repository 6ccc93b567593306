import path from 'node:path'
import type { RunnerExit, Framework, Report, TestRequest } from '../framework.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'
import { readGoJson } from '../reports/go-json.ts'
import { readCtrf, readVitestJson } from '../reports/json.ts'
import { readJunit } from '../reports/junit.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { readTap } from '../reports/tap.ts'
import { toReport } from '../reports/parsed-report.ts'

/** A test command from the settings. */
export interface CustomCommand {
  /** Command that runs test files. `{files}` stands for the files, `{report}` for the path to which it writes the report. */
  file: string[]
  /** Command that runs the full suite; by default, `file` without files. */
  all?: string[] | undefined
  report: ReportFormat
  /** Arguments that are added for each test name. `{name}` is the test's own name, `{path}` the name with its suites. */
  name?: string[] | undefined
}

export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const REPORT_FORMATS = [
  'junit',
  'tap',
  'ctrf',
  'vitest-json',
  'go-json',
  'exit-code',
] as const

/** The framework for a test command from the settings. The same command object returns the same framework object. */
export function customFramework(command: CustomCommand): Framework {
  const cached = CACHE.get(command)
  if (cached) return cached
  const created = createFramework(command)
  CACHE.set(command, created)
  return created
}

const CACHE = new WeakMap<CustomCommand, Framework>()

function createFramework(command: CustomCommand): Framework {
  const namesNoFiles = command.report === 'tap' || command.report === 'exit-code'
  return {
    name: 'custom',
    language: undefined,
    detect: () => undefined,
    isTest: isTestFile,
    testPatterns: 'a file or folder name that contains test or spec: tests/a_test.x or a.spec.x',
    configuration: () => [],
    manifestKeys: [],
    snapshots: () => [],
    source: usesReport(command) ? 'file' : 'stdout',
    install: 'commands.tests in redgreen.config.json names no program. Ask a human to add one.',
    command: request => ({ argv: argvOf(command, request), env: {} }),
    split: request => split(request, namesNoFiles),
    parse: PARSERS[command.report],
    ...finishedTestIn(command),
    ...(namesNoFiles && { namesNoFiles }),
    ...(command.report === 'exit-code' && { exitCodeOnly: true }),
  }
}

/** Only reports on the standard output are written while the tests run. */
function finishedTestIn({ report }: CustomCommand): Pick<Framework, 'finishedTest'> {
  if (report === 'tap') return { finishedTest: FINISHED_TEST.tap }
  return report === 'go-json' ? { finishedTest: FINISHED_TEST.goJson } : {}
}

function usesReport({ file, all = [] }: CustomCommand): boolean {
  return [...file, ...all].some(word => word.includes('{report}'))
}

function argvOf({ file, all, name = [] }: CustomCommand, request: TestRequest): string[] {
  const words = request.files.length > 0 ? file : (all ?? file)
  const argv = words.flatMap((word, at) =>
    word === '{files}'
      ? request.files.map(one => relative(one, request))
      : [fill(word, request, isShellText(words, at))],
  )
  return [...argv, ...request.names.flatMap(one => nameWords(name, one))]
}

/** Without a word for a name that the command could read as an option: then the whole files run. */
function nameWords(words: readonly string[], name: string): string[] {
  const filled = words.map(word => fillName(word, name))
  const isOption = words.some((word, at) => word.startsWith('{') && filled[at]?.startsWith('-'))
  return isOption ? [] : filled
}

function fill(word: string, request: TestRequest, isShell: boolean): string {
  const files = request.files.map(one => relative(one, request))
  const withReport = word.replaceAll('{report}', () => request.report)
  // Names that a shell leaves alone need no quotes, and those of the user may join them to one word.
  if (!isShell || files.every(file => PLAIN.test(file)))
    return withReport.replaceAll('{files}', () => files.join(' '))
  return withReport.replace(/(["']?)\{files\}\1/g, () => files.map(quote).join(' '))
}

/** True for the text that a POSIX shell interprets: the word after `-c` of `sh -c "…"`. */
function isShellText(words: readonly string[], at: number): boolean {
  const isOption = /^-[a-z]*c$/.test(words[at - 1] ?? '')
  return isOption && words.slice(0, at - 1).some(word => /(?:^|\/)(?:a|ba|da|k|z)?sh$/.test(word))
}

const PLAIN = /^[\w./@%+=:,-]+$/

/** A shell would split a name at blanks, and run a `$(…)` in it. */
function quote(file: string): string {
  return `'${file.replaceAll("'", `'\\''`)}'`
}

function fillName(word: string, name: string): string {
  const own = name.split(' > ').at(-1) ?? name
  return word.replaceAll('{name}', () => own).replaceAll('{path}', () => name)
}

/** A file name that starts with `-` gets `./`, so that the command does not read it as an option. */
function relative(file: string, { cwd }: TestRequest): string {
  const relativePath = path.relative(cwd, file).split(path.sep).join('/')
  return relativePath.startsWith('-') ? `./${relativePath}` : relativePath
}

type Part = Pick<TestRequest, 'files' | 'names'>

/** Most runners accept one name per run. If the report names no files, each file is run by itself. */
function split({ files, names }: Part, namesNoFiles: boolean): Part[] {
  const groups = namesNoFiles && files.length > 1 ? files.map(file => [file]) : [files]
  const each = names.length > 1 ? names.map(name => [name]) : [names]
  return groups.flatMap(group => each.map(some => ({ files: group, names: some })))
}

const PARSERS: Record<ReportFormat, Framework['parse']> = {
  junit: readOwnJunit,
  tap: readTap,
  ctrf: readCtrf,
  'vitest-json': readVitestJson,
  'go-json': readGoJson,
  'exit-code': readExitCode,
}

/** A runner may leave a file that it could not load out of its report, and print why. */
function readOwnJunit(text: string, request: TestRequest, exit: RunnerExit): Report {
  const report = readJunit(text, request, { roots: ['', 'src', 'src/test/java'] })
  const isEmpty = report.tests.length + report.loadErrors.length === 0
  const error = NOT_LOADED.exec(exit.output)?.[0]
  if (!isEmpty || error === undefined || exit.exitCode === 0 || exit.signal !== null) return report
  return loadFailureReport(error, exit.output, request)
}

const NOT_LOADED =
  /^.*(?:Cannot find (?:module|package)|\w*SyntaxError|ModuleNotFoundError|ImportError|ReferenceError|LoadError|does not provide an export|could not compile|error during collection|Failed to (?:load|resolve)|Test suite failed to run).*$/m

/** The exit code is the result of the whole file, which counts as one test. */
function readExitCode(_text: string, request: TestRequest, exit: RunnerExit): Report {
  const { exitCode, signal } = exit
  const tests = request.files.map(file => {
    const name = request.names[0] ?? 'exit code'
    if (exitCode === 0) return { file, name, state: 'passed' as const }
    const message = `The command ended with exit code ${exitCode}. It is unknown which test failed and why.`
    return { file, name, state: 'failed' as const, reason: 'error' as const, message }
  })
  const complete = signal === null && exitCode !== null
  return toReport({ tests: complete ? tests : [], broken: [], unhandled: [], complete }, request)
}
