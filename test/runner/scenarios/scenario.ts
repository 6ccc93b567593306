import type { Framework } from '../../../src/runner/framework.ts'

/** What can happen to a test with every runner, and the verdict of `record_red` on it. */
export const SCENARIOS = {
  fails: 'red',
  passes: 'red_passes',
  broken: 'red_not_loaded',
  empty: 'no_tests_ran',
  skipped: 'no_tests_ran',
  hangs: 'timed_out',
  crashes: 'crashed',
} as const

export type Scenario = keyof typeof SCENARIOS

/** A small project for a runner, with a test for every scenario. */
export interface RunnerFixture {
  framework: Framework
  /** The files of the project without its test. */
  files: Record<string, string>
  /** Path of the test file. */
  test: string
  /** Text of the test file by scenario. */
  tests: Record<Scenario, string>
  /** Text with two tests: the one with the id `id` passes, the other fails. Left out if single tests cannot be selected. */
  named?: string
  /** Id of the test in `fails` and `passes`. */
  id: string
  /** Time limit in milliseconds of the scenario `hangs`; longer for runners that compile first. */
  hangTimeoutMs?: number
  /** Slow, or tested in detail elsewhere: `npm test` runs the essential scenarios only. */
  slow?: true
  /** The npm package of the runner. */
  module?: string
  /** Programs that have to be on the PATH. */
  programs?: string[]
  /** Commands that have to succeed, for what is not a program of its own. */
  probes?: string[][]
  /** Files or folders that have to exist. */
  paths?: string[]
}
