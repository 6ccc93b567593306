import type { LoadError, TestResult } from '../evidence/outcome.ts'

/** Where a framework's machine report ends up and what a run asks for. All paths absolute. */
export interface TestRequest {
  /** Folder of the package that the tests belong to; the command's working directory. */
  cwd: string
  /** Root of the workspace; ids name files relative to it. */
  root: string
  /** Test files, absolute; empty means the full suite. */
  files: string[]
  /** Full names of tests as the framework reports them (`suite > test`); empty means all. */
  names: string[]
  /** A path outside the workspace that does not exist yet; the report is written there. */
  report: string
  /** The secret that every line of the report is sealed with. The reporter finds it once, beside the report. */
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
}

/** What can be seen of a package when a framework is looked for. Paths relative to the package's folder. */
export interface PackageView {
  /** Parsed `package.json`, `undefined` when there is none or it is broken. */
  manifest: Record<string, unknown> | undefined
  exists(path: string): boolean
}

/** A test runner that the server understands test by test. A new one is a file in `frameworks/` and a line in its index. */
export interface Framework {
  name: string
  /** What in the package speaks for it, as a phrase, or `undefined`. */
  detect(view: PackageView): string | undefined
  /** Is this path (relative to the workspace) a test file by the framework's own patterns? */
  isTest(path: string): boolean
  /** For refusals: the patterns in words. */
  testPatterns: string
  /** Files beside the tests that decide what a run says: its configuration. Relative to the package's folder, only those that exist. */
  configuration(view: PackageView): string[]
  /** Keys of package.json that decide what a run says. */
  manifestKeys: string[]
  /** Snapshot files that belong to a test file (relative paths), whether they exist or not. */
  snapshots(testFile: string): string[]
  /** Program and arguments, or `undefined` when the runner is not installed in the package or above it. */
  command(request: TestRequest): { argv: string[]; env: Record<string, string> } | undefined
  /** What to do when `command` found nothing. */
  install: string
  /** Reads the report file's text (empty when it was never written). */
  parse(text: string, request: TestRequest): Report
}
