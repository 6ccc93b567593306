import path from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Outcome, TestResult } from '../../../src/evidence/outcome.ts'
import type { Framework } from '../../../src/runner/framework.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { standbys } from '../../../src/runner/standby/standbys.ts'
import { prepareTests } from '../../../src/runner/tests.ts'
import { runIn } from '../project.ts'

/** For a file of tests: this process may keep test runners. */
export function keepStandbys(): void {
  beforeEach(() => standbys.open())
  afterEach(() => standbys.close())
}

/**
 * Starts a test runner in a project, and waits until it waits for a run.
 *
 * @param files those of the run, if they are known
 */
export async function prepareIn(
  root: string,
  cwd = root,
  framework: Framework = vitest,
  files: readonly string[] = [],
): Promise<void> {
  const paths = files.map(file => path.join(cwd, file))
  await prepareTests({ framework, cwd, root }, paths)
}

export interface Run {
  files: string[]
  names?: string[]
  timeoutMs?: number
  maxOutputBytes?: number
  env?: Record<string, string>
  signal?: AbortSignal
  cwd?: string
}

/** Runs test files, in a process that waits or in a new one. */
export function runFiles(
  root: string,
  { files, ...run }: Run,
  warm: boolean,
  framework: Framework = vitest,
): Promise<Outcome> {
  const cwd = path.join(root, run.cwd ?? '.')
  return runIn(root, framework, files, { ...run, cwd, warm })
}

/** What a run says, without its times, and without where it ran. */
export function comparable({ output, ...outcome }: Outcome) {
  const { end, exitCode, signal, tests, loadErrors, unhandled, command, framework } = outcome
  // What is known of a run that was stopped depends on the moment.
  if (end !== 'complete') return { end, command }
  const lines = output
    .replaceAll(/\d+(\.\d+)?m?s\b|\d\d:\d\d:\d\d|duration_ms [\d.]+/g, 'TIME')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.includes('Duration '))
  // The two streams of a process arrive in any order.
  const facts = { exitCode, signal, loadErrors, unhandled, command, framework }
  return { ...facts, tests: inOrderOfFiles(tests), output: lines.sort() }
}

/** Files run side by side, so any can be the first to end. The order within a file counts. */
export function inOrderOfFiles(tests: readonly TestResult[]): TestResult[] {
  return tests.toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)))
}
