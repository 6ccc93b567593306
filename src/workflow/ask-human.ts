import type { Ask, Call } from './context/call.ts'
import { askInClient } from './approval/client-channel.ts'
import { lookDesk } from './context/context.ts'
import { markComplete } from './mark-complete.ts'
import { approve } from './human/approve.ts'
import { confirmPhase } from './human/confirm-phase.ts'
import { confirmStandards } from './human/confirm-standards.ts'
import { PersonNeeded, Refusal, type Decision } from './context/refusal.ts'

/**
 * Takes a step; where it is refused for want of a person, asks them through the client, if the settings allow that, and
 * goes on after a yes. Whatever else they answer, the refusal is the same as if nobody had been asked.
 */
export async function askingPerson<T>(call: Call, step: () => Promise<T>): Promise<T> {
  const asked = new Set<string>()
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof PersonNeeded)) throw error
      const question = JSON.stringify(error.decision)
      const elicit = askInClient(await lookDesk(call))
      // A yes that did not help is not asked for a second time.
      if (!elicit || asked.has(question)) throw error
      asked.add(question)
      if (!(await decides(call, elicit, error.decision))) throw error
    }
  }
}

/** The same step as at the terminal, with the same question. */
async function decides(call: Call, ask: Ask, decision: Decision): Promise<boolean> {
  const asking = { ...call, surface: { ...call.surface, ask } }
  try {
    await take(asking, decision)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function take(call: Call, decision: Decision): Promise<unknown> {
  switch (decision.step) {
    case 'approve':
      return approve(call)
    case 'confirm-phase':
      return confirmPhase(call)
    case 'confirm-standards':
      return confirmStandards(call)
    case 'mark-complete':
      return markComplete(call, { task: decision.task })
  }
}
