import type { Cheat } from './attack.ts'
import { greenCheats } from './rows/green.ts'
import { ledgerCheats } from './rows/ledger.ts'
import { limitCheats } from './rows/limits.ts'
import { pathCheats } from './rows/paths.ts'
import { personCheats } from './rows/human.ts'
import { planCheats } from './rows/plan.ts'
import { redCheats } from './rows/red.ts'
import { runnerCheats } from './rows/runner.ts'
import { testCheats } from './rows/tests.ts'

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
