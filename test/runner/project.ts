import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import type { Framework } from '../../src/runner/framework.ts'
import type { TestRunRequest } from '../../src/runner/run-outcome.ts'
import { runTests } from '../../src/runner/tests.ts'
import { writeFiles } from './write-files.ts'

// Names another folder of npm packages, to run the same tests against Vitest 3 or 5.
const RUNNERS = path.resolve(process.env['REDGREEN_TEST_RUNNERS'] ?? 'node_modules')

/** Creates a small project in a temporary folder, with the npm packages of this repository. Returns its root. */
export function projectWith(files: Record<string, string>, modules = RUNNERS): string {
  const root = folderWith({ 'package.json': '{"type":"module"}', ...files })
  symlinkSync(modules, path.join(root, 'node_modules'))
  return root
}

/** Creates a temporary folder with these files. */
export function folderWith(files: Record<string, string>): string {
  const root = temporaryFolder()
  writeFiles(root, files)
  return root
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
  // A test runner that was killed may still have been about to write.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Runs the test files of a project; without files, its full suite. The time limit only stops a test that hangs. */
export function runIn(
  root: string,
  framework: Framework,
  files: string[] = [],
  more: Partial<TestRunRequest> = {},
): Promise<Outcome> {
  const paths = files.map(file => path.join(root, file))
  return runTests({
    framework,
    cwd: root,
    root,
    files: paths,
    names: [],
    timeoutMs: 120_000,
    ...more,
  })
}

/** One line per test: `id: outcome (reason)`. */
export function resultLines(outcome: Outcome): string[] {
  return outcome.tests.map(
    test => `${test.id}: ${test.outcome}${test.reason === undefined ? '' : ` (${test.reason})`}`,
  )
}
