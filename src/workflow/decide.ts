import { allowRun } from './human/allow-run.ts'
import { approve } from './human/approve.ts'
import { confirmPhase } from './human/confirm-phase.ts'
import { confirmStandards } from './human/confirm-standards.ts'
import { waiveStandard } from './human/waive-standard.ts'
import { waive } from './human/waive.ts'
import { markComplete } from './mark-complete.ts'
import type { Call } from './context/call.ts'
import type { Decision } from './context/refusal.ts'

/** A decision that a human may make although no step waits for it. */
export type FreeDecision =
  | { step: 'waive'; tasks: string[]; reason: string }
  | { step: 'waive-standard'; standard: string; reason: string }

/** Asks the human of the call the question of the terminal command, and records the decision. Refuses after any answer but yes. */
export function decide(call: Call, decision: Decision | FreeDecision): Promise<unknown> {
  switch (decision.step) {
    case 'approve':
      return approve(call)
    case 'confirm-phase':
      return confirmPhase(call)
    case 'confirm-standards':
      return confirmStandards(call)
    case 'mark-complete':
      return markComplete(call, { task: decision.task })
    case 'allow-run':
      return allowRun(call)
    case 'waive':
      return waive(call, decision)
    case 'waive-standard':
      return waiveStandard(call, decision)
  }
}
