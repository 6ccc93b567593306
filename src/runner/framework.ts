import type { LoadError, TestResult } from '../evidence/outcome.ts'
import type { Language } from './languages.ts'

/** Where a framework's machine report ends up and what a run asks for. All paths absolute. */
export interface TestRequest {
  /** Folder of the package that the tests belong to; the command's working directory. */
  cwd: string
  /** Root of the workspace, or of a scratch checkout of it; ids name files relative to it. */
  root: string
  /** Test files, absolute; empty means the full suite. */
  files: string[]
  /** Full names of tests as the framework reports them (`suite > test`); empty means all. */
  names: string[]
  /** A path outside the workspace that does not exist yet; the report is written there. */
  report: string
  /** The secret that every line of a sealed report is sealed with. The reporter finds it once, beside the report. */
  key: string
}

/** What a framework's own report says, before exit code and signal are considered. */
export interface Report {
  /** The report was begun, and it was ended: only then is it complete. */
  complete: boolean
  tests: TestResult[]
  loadErrors: LoadError[]
  unhandled: string[]
  version: string
  /** What the tests printed, where the standard output is the report and no text for people. */
  said?: string
}

/** How a runner ended, for reports that say too little of it. */
export interface Ending {
  exitCode: number | null
  signal: string | null
  /** Last lines of both streams, clean. */
  output: string
  /** The whole standard error, as far as it is needed: only where the standard output is the report. */
  stderr: string
}

/** What can be seen of a package when a framework is looked for. Paths relative to the package's folder. */
export interface PackageView {
  /** Parsed `package.json`, `undefined` when there is none or it is broken. */
  manifest: Record<string, unknown> | undefined
  exists: (path: string) => boolean
  /** Text of a file, `undefined` when there is none. */
  read: (path: string) => string | undefined
  /** Names of the files in the package's folder. */
  names: () => readonly string[]
}

/** What to run. */
export interface TestCommand {
  argv: string[]
  env: Record<string, string>
  /** Programs that have to succeed first, such as a build; one that does not is told as `Broken`. */
  before?: string[][]
}

/** Tests that stand in the files of the code that they test. */
export interface InlineTests {
  /** Is this path (relative to the workspace) a source, and no file of tests alone? */
  holds(path: string): boolean
  /** The tests in the text of a source, empty where it has none. */
  testsIn(text: string): string
  /** The code of one text with the tests of another. */
  merge: (code: string, tests: string) => string
}

/** A test runner that the server understands test by test. A new one is a file in `frameworks/` and a line in its index. */
export interface Framework {
  name: string
  /** Whose test files it runs; `undefined` for a command that the settings name, which may run anything. */
  language: Language | undefined
  /** What in a test file's text speaks for it, usually an import. */
  imports?: RegExp
  /** What in a test file's text speaks for it where neither an import nor the package speaks for another. */
  fallback?: RegExp
  /** What in the package speaks for it, as a phrase, or `undefined`. */
  detect(view: PackageView): string | undefined
  /** Is this path (relative to the workspace) a test file by the framework's own patterns? */
  isTest(path: string): boolean
  /** For a language whose sources may hold tests among their code. */
  inline?: InlineTests
  /** For refusals: the patterns in words. */
  testPatterns: string
  /** Files beside the tests that decide what a run says: its configuration. Relative to the package's folder, only those that exist. */
  configuration(view: PackageView): string[]
  /** Keys of package.json that decide what a run says. */
  manifestKeys: string[]
  /** Snapshot files that belong to a test file (relative paths), whether they exist or not. */
  snapshots(testFile: string): string[]
  /**
   * Where the report comes from. `reporter`: a reporter of ours inside the runner, which seals every line; `file`: a
   * file that the runner writes at the path of the request; `stdout`: the runner's standard output.
   */
  source: 'reporter' | 'file' | 'stdout'
  /** Program and arguments, or `undefined` when the runner is not installed in the package or above it. */
  command(request: TestRequest): TestCommand | undefined
  /** What to do when `command` found nothing. */
  install: string
  /** A request that one command cannot fulfil, as several that are run one after the other. */
  split?(request: Pick<TestRequest, 'files' | 'names'>): Pick<TestRequest, 'files' | 'names'>[]
  /** Reads the report from where the runner insists on writing it; `since` (ms) tells old ones apart. */
  collect?(request: TestRequest, since: number): string
  /** Reads the report's text (empty when it was never written). */
  parse(text: string, request: TestRequest, ending: Ending): Report
  /** A line of the report, where it is written while the tests run, that says that one has ended. */
  ended?: RegExp
  /** Its report names no files: to be seen, a test file has to run by itself. */
  namesNoFiles?: true
  /** The exit code is all that can be known: neither which test failed nor why. */
  exitCodeOnly?: true
}
