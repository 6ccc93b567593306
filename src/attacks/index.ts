import type { Attack } from './attack.ts'
import { greenAttacks } from './rows/green.ts'
import { configurationAttacks } from './rows/configuration.ts'
import { ledgerAttacks } from './rows/ledger.ts'
import { limitAttacks } from './rows/limits.ts'
import { lostEvidenceAttacks } from './rows/lost-evidence.ts'
import { pathAttacks } from './rows/paths.ts'
import { humanAttacks } from './rows/human.ts'
import { planAttacks } from './rows/plan.ts'
import { plantedFileAttacks } from './rows/planted.ts'
import { remarkedCodeAttacks } from './rows/remarked-code.ts'
import { proofAttacks } from './rows/proof.ts'
import { redAttacks } from './rows/red.ts'
import { refactoringAttacks } from './rows/refactoring.ts'
import { runnerAttacks } from './rows/runner.ts'
import { testAttacks } from './rows/tests.ts'
import { vacuousTestAttacks } from './rows/vacuous-tests.ts'

/** Every attack that must be stopped, in the order of the table. */
export const attacks: readonly Attack[] = [
  ...redAttacks,
  ...greenAttacks,
  ...testAttacks,
  ...runnerAttacks,
  ...planAttacks,
  ...ledgerAttacks,
  ...lostEvidenceAttacks,
  ...humanAttacks,
  ...limitAttacks,
  ...configurationAttacks,
  ...pathAttacks,
  ...proofAttacks,
  ...refactoringAttacks,
  ...plantedFileAttacks,
  ...vacuousTestAttacks,
  ...remarkedCodeAttacks,
].sort((a, b) => a.row - b.row)
