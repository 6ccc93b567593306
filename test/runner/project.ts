import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import type { Framework } from '../../src/runner/framework.ts'
import type { TestRunRequest } from '../../src/runner/run-outcome.ts'
import { runTests } from '../../src/runner/tests.ts'

// Another folder of packages, to run the same tests against Vitest 3 or 5.
const RUNNERS = path.resolve(process.env['REDGREEN_TEST_RUNNERS'] ?? 'node_modules')

/** A small real project in a temporary folder, with this repository's own runners installed. */
export function projectWith(files: Record<string, string>, modules = RUNNERS): string {
  const root = temporaryFolder()
  symlinkSync(modules, path.join(root, 'node_modules'))
  for (const [file, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return root
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the test files of a project; without names of files its full suite. */
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
    timeoutMs: 30_000,
    ...more,
  })
}

/** `id: outcome (reason)`, one line a test. */
export function told(outcome: Outcome): string[] {
  return outcome.tests.map(
    test => `${test.id}: ${test.outcome}${test.reason === undefined ? '' : ` (${test.reason})`}`,
  )
}
