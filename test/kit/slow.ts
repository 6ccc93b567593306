import process from 'node:process'

/** `REDGREEN_SLOW=1` also runs what takes minutes, such as runners that start a Java virtual machine for every run. */
export const runsSlowTests = (process.env['REDGREEN_SLOW'] ?? '') !== ''

/**
 * The rows of a table whose rule has a unit test of its own, so that the real run of the first `count` rows shows the wiring.
 * `REDGREEN_SLOW=1` runs every row.
 */
export function someOf<T>(count: number, rows: readonly T[]): readonly T[] {
  return runsSlowTests ? rows : rows.slice(0, count)
}
