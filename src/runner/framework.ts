import type { PathPattern } from './glob.ts'
import type { LoadError, TestResult } from '../evidence/outcome.ts'
import type { Language } from './languages.ts'
import type { ChannelKind } from './standby/channel.ts'
import type { RunnerUse } from './test-script/runner-options.ts'

/** A test run as a framework gets it. All paths are absolute. */
export interface TestRequest {
  /** Folder of the package that the tests belong to; the command's working directory. */
  cwd: string
  /** Root of the workspace, or of a temporary checkout of it. Test ids name files relative to it. */
  root: string
  /** Test files; empty for the full suite. */
  files: string[]
  /** Source files, absolute: the tests that load one of them run, in place of the full suite. */
  related?: readonly string[] | undefined
  /** Full names of tests as the framework reports them (`suite > test`); empty for all tests. */
  names: string[]
  /** Set for a temporary checkout whose tests could import modules of the workspace that it was made from. */
  ownSources?: OwnSources | undefined
  /** Where the report is written: a path outside the workspace that does not exist yet. */
  report: string
  /** How the test script of the package calls the framework. */
  script?: RunnerUse | undefined
  /** Secret that seals every line of a sealed report. The reporter reads it once from a file beside the report. */
  key: string
}

/** Where modules have to come from in a temporary checkout. */
export interface OwnSources {
  workspace: string
  checkout: string
  /** Folders of the checkout that modules are imported from. */
  folders: readonly string[]
}

/** What a framework's own report says, before exit code and signal are considered. */
export interface Report {
  /** The report has both its start and its end. */
  complete: boolean
  tests: TestResult[]
  loadErrors: LoadError[]
  /** Errors that belong to no test, one line each. */
  unhandled: string[]
  /** Version of the framework; empty if the report does not name it. */
  version: string
  /** What the tests printed, if the standard output is the report itself and not meant for humans. */
  output?: string
}

/** How a runner's process ended, for reports that leave questions open. */
export interface RunnerExit {
  exitCode: number | null
  signal: string | null
  /** Last lines of both streams, cleaned and redacted. */
  output: string
  /** The whole standard error; only set if the standard output is the report. */
  stderr: string
}

/** What detection can see of a package. Paths are relative to the package's folder. */
export interface PackageView {
  /** Parsed `package.json`; `undefined` if it is missing or invalid. */
  manifest: Record<string, unknown> | undefined
  exists: (path: string) => boolean
  /** Text of a file; `undefined` if it does not exist. */
  read: (path: string) => string | undefined
  /** Names of the files in the package's folder. */
  names: () => readonly string[]
}

/** The command of a test run. */
export interface TestCommand {
  argv: string[]
  env: Record<string, string>
  /** Variables that the project's own test script sets. */
  scriptEnv?: Record<string, string>
  /** Commands that have to succeed first, such as a build. If one fails, the test files count as not loaded. */
  before?: string[][]
  /** Arguments that are only known after these commands. */
  select?: () => string[]
}

/** How a runner is started before it is known which tests it will run. */
export interface StandbyParts {
  /** Program and arguments. */
  argv: string[]
  /** Arguments of the command line that select the tests, which it gets later. */
  selection: string[]
  /** Files that an installation of another version of the runner writes. */
  installed: string[]
  /** How it gets its run. */
  channel: ChannelKind
  /** Its start reads settings of the package, which may change while it waits. */
  readsSettings: boolean
  /** Does an option of Node in the environment change nothing while it waits? */
  allows: (nodeOption: string) => boolean
  /** Program and arguments, if it can also start the process of the first test file, which then waits before it loads that file. */
  withFiles?: string[]
}

/** Support for tests that are in the same file as the code that they test. */
export interface InlineTests {
  /** Is this path (relative to the workspace) a source file that may contain tests, and not a pure test file? */
  holds(path: string): boolean
  /** The tests in the text of a source file; empty if it has none. */
  testsIn(text: string): string
  /** The code of one text with the tests of another. */
  merge: (code: string, tests: string) => string
}

/** A test runner whose results the server reads test by test. To add one, add a file to `frameworks/` and a line to its index. */
export interface Framework {
  name: string
  /** Language of the test files it runs; `undefined` for a command from the settings, which may run anything. */
  language: Language | undefined
  /** Matches the text of a test file that is written for it, usually by an import. */
  imports?: RegExp
  /** Matches the text of a test file if neither an import nor the package identifies a framework. */
  fallback?: RegExp
  /** What in the package identifies the framework, as a phrase; `undefined` if nothing does. */
  detect(view: PackageView): string | undefined
  /** Is this path (relative to the workspace) a test file by the framework's own patterns? */
  isTest(path: string): boolean
  /** For a language whose source files may contain tests. */
  inline?: InlineTests
  /** Test files by the configuration of the package: a pattern for each, relative to the package. */
  configured?(view: PackageView): PathPattern[]
  /** The command that lists the test files of the package, for a configuration that only the runner can read. */
  listing?(request: TestRequest): string[] | undefined
  /** The patterns of test files in words, for refusals. */
  testPatterns: string
  /** Configuration files that can change the result of a run. Relative to the package's folder; only files that exist. */
  configuration(view: PackageView): string[]
  /** Names of files that the runner loads from each folder between the package and a test. */
  besideTests?: readonly string[]
  /** Keys of package.json that can change the result of a run. */
  manifestKeys: string[]
  /** Paths of the snapshot files that belong to a test file, relative to the workspace, whether they exist or not. */
  snapshots(testFile: string): string[]
  /**
   * Where the report comes from. `reporter`: a redgreen reporter inside the runner, which seals every line; `file`: a file
   * that the runner writes at the path of the request; `stdout`: the runner's standard output.
   */
  source: 'reporter' | 'file' | 'stdout'
  /** The command to run; `undefined` if the runner is not installed in the package or above it. */
  command(request: TestRequest): TestCommand | undefined
  /** It finds the tests that load a file (`TestRequest.related`). */
  findsRelated?: true
  /** How the runner is started before the files of the request are known; `undefined` if it has to be started for each run. */
  standby?(request: TestRequest): StandbyParts | undefined
  /** Is the runner there? Only if `command` writes files outside of the report's folder. */
  isInstalled?(): boolean
  /** The Python module that the interpreter needs for it. */
  module?: string
  /** How to install the runner, for the error when `command` returns `undefined`. */
  install: string
  /**
   * The name of a test as this server writes it, `suite > test`, from the form in which the runner itself takes names.
   *
   * @param files the requested files, relative to the package
   */
  ownName?(name: string, files: readonly string[]): string
  /** Splits a request that one command cannot serve into several, which run one after the other. */
  split?(request: Pick<TestRequest, 'files' | 'names'>): Pick<TestRequest, 'files' | 'names'>[]
  /** Reads the report from a place that the runner dictates. Files older than `since` (ms since 1970) are from earlier runs. */
  collect?(request: TestRequest, since: number): string
  /** Reads the text of the report, which is empty if no report was written. */
  parse(text: string, request: TestRequest, exit: RunnerExit): Report
  /** Matches a line of the report that marks the end of one test, if the report is written while the tests run. */
  finishedTest?: RegExp
  /** The report names no files, so each test file has to run by itself. */
  namesNoFiles?: true
  /** The only result is the exit code: it is unknown which test failed and why. */
  exitCodeOnly?: true
}
