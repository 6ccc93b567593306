import type { Cheat } from './cheat.ts'
import { greenCheats } from './cheats/green.ts'
import { ledgerCheats } from './cheats/ledger.ts'
import { limitCheats } from './cheats/limits.ts'
import { pathCheats } from './cheats/paths.ts'
import { personCheats } from './cheats/person.ts'
import { planCheats } from './cheats/plan.ts'
import { redCheats } from './cheats/red.ts'
import { runnerCheats } from './cheats/runner.ts'
import { testCheats } from './cheats/tests.ts'

/** Every cheat that the gate has to stop, in the order of the table. */
export const cheats: readonly Cheat[] = [
  ...redCheats,
  ...greenCheats,
  ...testCheats,
  ...runnerCheats,
  ...planCheats,
  ...ledgerCheats,
  ...personCheats,
  ...limitCheats,
  ...pathCheats,
].sort((a, b) => a.row - b.row)
