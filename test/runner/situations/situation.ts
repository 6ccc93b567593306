import type { Framework } from '../../../src/runner/framework.ts'

/** What can happen to a test, with every runner. */
export const SITUATIONS = {
  fails: 'red',
  passes: 'red_passes',
  broken: 'red_not_loaded',
  empty: 'no_tests_ran',
  skipped: 'no_tests_ran',
  hangs: 'timed_out',
  crashes: 'crashed',
} as const

export type Situation = keyof typeof SITUATIONS

/** A runner with a small project for every situation. */
export interface Stage {
  framework: Framework
  /** The project without its test. */
  files: Record<string, string>
  /** Where the test goes. */
  test: string
  /** Text of the test by situation; one that the language cannot have is left out, with the reason. */
  tests: Record<Situation, string | { cannot: string }>
  /** Two tests, of which the one of `id` passes and the other fails; left out where single tests cannot be chosen. */
  named?: string
  /** The id of the test of `fails` and `passes`. */
  id: string
  /** Milliseconds after which a run that hangs is ended; longer where something has to be compiled first. */
  patience?: number
  /** Compiles: only the essential situations are part of `npm test`. */
  slow?: true
  /** The npm package that it comes with, if it does. */
  module?: string
  /** Programs that have to be there. */
  programs?: string[]
  /** Files or folders that have to be there. */
  paths?: string[]
}
