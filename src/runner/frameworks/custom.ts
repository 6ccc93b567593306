import path from 'node:path'
import type { Ending, Framework, Report, TestRequest } from '../framework.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { ENDED } from '../reports/count.ts'
import { readGoJson } from '../reports/go-json.ts'
import { readCtrf, readVitestJson } from '../reports/json.ts'
import { readJunit } from '../reports/junit.ts'
import { readTap } from '../reports/tap.ts'
import { toReport } from '../reports/parsed-report.ts'

/** A test command of a person's own, as the settings have it. */
export interface CustomCommand {
  /** Runs test files; `{files}` stands for them, `{report}` for the path where the report is to be written. */
  file: string[]
  /** Runs everything; without it `file` without files does. */
  all?: string[] | undefined
  /** The report's format. */
  report: ReportFormat
  /** Added for each name: `{name}` is a test's own name, `{path}` the one with its suites. */
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

/** The framework that a person's own command makes. The same command is the same framework. */
export function customFramework(command: CustomCommand): Framework {
  const known = MADE.get(command)
  if (known) return known
  const made = make(command)
  MADE.set(command, made)
  return made
}

const MADE = new WeakMap<CustomCommand, Framework>()

function make(command: CustomCommand): Framework {
  const namesNoFiles = command.report === 'tap' || command.report === 'exit-code'
  return {
    name: 'custom',
    language: undefined,
    detect: () => undefined,
    isTest: isTestFile,
    testPatterns: 'a name or a folder that says test or spec, such as tests/a_test.x or a.spec.x',
    configuration: () => [],
    manifestKeys: [],
    snapshots: () => [],
    source: usesReport(command) ? 'file' : 'stdout',
    install: 'Mend commands.tests in redgreen.config.json: it names no program.',
    command: request => ({ argv: argvOf(command, request), env: {} }),
    split: request => split(request, namesNoFiles),
    parse: PARSERS[command.report],
    ...endedIn(command),
    ...(namesNoFiles && { namesNoFiles }),
    ...(command.report === 'exit-code' && { exitCodeOnly: true }),
  }
}

/** What is printed is read while it is printed. */
function endedIn({ report }: CustomCommand): Pick<Framework, 'ended'> {
  if (report === 'tap') return { ended: ENDED.tap }
  return report === 'go-json' ? { ended: ENDED.goJson } : {}
}

function usesReport({ file, all = [] }: CustomCommand): boolean {
  return [...file, ...all].some(word => word.includes('{report}'))
}

function argvOf({ file, all, name = [] }: CustomCommand, request: TestRequest): string[] {
  const words = request.files.length > 0 ? file : (all ?? file)
  const argv = words.flatMap(word =>
    word === '{files}' ? request.files.map(one => relative(one, request)) : [fill(word, request)],
  )
  return [...argv, ...request.names.flatMap(one => name.map(word => named(word, one)))]
}

function fill(word: string, request: TestRequest): string {
  const files = request.files.map(one => relative(one, request)).join(' ')
  return word.replaceAll('{report}', () => request.report).replaceAll('{files}', () => files)
}

function named(word: string, name: string): string {
  const own = name.split(' > ').at(-1) ?? name
  return word.replaceAll('{name}', () => own).replaceAll('{path}', () => name)
}

function relative(file: string, { cwd }: TestRequest): string {
  const told = path.relative(cwd, file).split(path.sep).join('/')
  return told.startsWith('-') ? `./${told}` : told
}

type Part = Pick<TestRequest, 'files' | 'names'>

/** Most runners take one name; a report that names no files has to be one file's. */
function split({ files, names }: Part, namesNoFiles: boolean): Part[] {
  const groups = namesNoFiles && files.length > 1 ? files.map(file => [file]) : [files]
  const each = names.length > 1 ? names.map(name => [name]) : [names]
  return groups.flatMap(group => each.map(some => ({ files: group, names: some })))
}

const PARSERS: Record<ReportFormat, Framework['parse']> = {
  junit: (text, request) => readJunit(text, request, { roots: ['', 'src', 'src/test/java'] }),
  tap: readTap,
  ctrf: readCtrf,
  'vitest-json': readVitestJson,
  'go-json': readGoJson,
  'exit-code': readExitCode,
}

/** An exit code stands for a whole file. Whoever proves something with it cannot say which test failed, nor why. */
function readExitCode(_text: string, request: TestRequest, ending: Ending): Report {
  const { exitCode, signal } = ending
  const tests = request.files.map(file => {
    const name = request.names[0] ?? 'exit code'
    if (exitCode === 0) return { file, name, state: 'passed' as const }
    const message = `The command ended with exit code ${exitCode}; which test failed, and why, is not known.`
    return { file, name, state: 'failed' as const, reason: 'error' as const, message }
  })
  const told = signal === null && exitCode !== null
  return toReport({ tests: told ? tests : [], broken: [], unhandled: [], complete: told }, request)
}
