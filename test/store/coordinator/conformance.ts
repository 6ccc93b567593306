import { describe, expect, it } from 'vitest'
import { freshSeed } from '../../chaos/figures.ts'
import { CLOCKS } from './checks/clocks.ts'
import { COMMITS } from './checks/commits.ts'
import { CONTENTION } from './checks/contention.ts'
import { CONTENTS } from './checks/contents.ts'
import { FENCING } from './checks/fencing.ts'
import { LEASE_DECISIONS } from './checks/lease-decisions.ts'
import { LEASES } from './checks/leases.ts'
import { TURNS } from './checks/turns.ts'
import { changed, type Control } from './controls/control.ts'
import { READING_CONTROLS } from './controls/reading.ts'
import { TURN_CONTROLS } from './controls/turns.ts'
import { WRITING_CONTROLS } from './controls/writing.ts'
import { runCheck, type Check, type Extra, type TestedStore } from './shared-project.ts'

/** What every store has to do. */
const CHECKS: readonly Check[] = [
  ...LEASES,
  ...LEASE_DECISIONS,
  ...FENCING,
  ...COMMITS,
  ...CONTENTS,
  ...TURNS,
  ...CLOCKS,
  ...CONTENTION,
]

/** Stores that must not pass. */
export const CONTROLS: readonly Control[] = [
  ...WRITING_CONTROLS,
  ...READING_CONTROLS,
  ...TURN_CONTROLS,
]

/** Tests that a store does what the contract says, and that the suite notices if it does not. */
export function describeStore(store: TestedStore): void {
  const seed = freshSeed()
  const checks = checksFor(store)
  const applies = ({ needs }: { needs?: Extra }) =>
    needs === undefined || store.extras.includes(needs)
  console.log(store.name, { seed })

  describe(`${store.name} as a store for several servers`, () => {
    it.each(checks.map(check => [check.name, check] as const))('%s', async (_, check) => {
      expect.hasAssertions()
      await runCheck(store, check, seed)
    })

    const controls = CONTROLS.filter(applies).map(control => [control.name, control] as const)
    it.each(controls)('is not accepted %s', async (_, control) => {
      const expected = checks.filter(({ name }) =>
        control.caughtBy.some(part => name.includes(part)),
      )
      const failed = await failing(store, expected, seed, control)
      expect(failed).toEqual(expected.map(({ name }) => name))
    })
  })
}

/** The checks that apply to a store. */
export function checksFor({ extras }: TestedStore): Check[] {
  return CHECKS.filter(({ needs }) => needs === undefined || extras.includes(needs))
}

/** The names of the checks that fail without a guard. */
export async function failing(
  store: TestedStore,
  checks: readonly Check[],
  seed: number,
  control: Control,
): Promise<string[]> {
  const names: string[] = []
  for (const check of checks) if (await fails(store, check, seed, control)) names.push(check.name)
  return names
}

/** Some errors show only in some orders. */
async function fails(
  store: TestedStore,
  check: Check,
  seed: number,
  control: Control,
): Promise<boolean> {
  for (let at = 0; at < TRIES; at += 1) {
    try {
      await runCheck(store, check, seed + at, one => changed(one, control))
    } catch {
      return true
    }
  }
  return false
}

const TRIES = 5
