import type { HumanChannel, Call } from './context/call.ts'
import { clientChannel } from './approval/client-channel.ts'
import { loadContext } from './context/context.ts'
import { markComplete } from './mark-complete.ts'
import { approve } from './human/approve.ts'
import { confirmPhase } from './human/confirm-phase.ts'
import { confirmStandards } from './human/confirm-standards.ts'
import { HumanNeeded, Refusal, type Decision } from './context/refusal.ts'

/**
 * Takes a step; where it is refused for want of a person, asks them through the client, if the settings allow that, and
 * goes on after a yes. Whatever else they answer, the refusal is the same as if nobody had been asked.
 */
export async function askingHuman<T>(call: Call, step: () => Promise<T>): Promise<T> {
  const asked = new Set<string>()
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof HumanNeeded)) throw error
      const question = JSON.stringify(error.decision)
      const elicit = clientChannel(await loadContext(call))
      // A yes that did not help is not asked for a second time.
      if (!elicit || asked.has(question)) throw error
      asked.add(question)
      if (!(await decides(call, elicit, error.decision))) throw error
    }
  }
}

/** The same step as at the terminal, with the same question. */
async function decides(call: Call, ask: HumanChannel, decision: Decision): Promise<boolean> {
  const asking = { ...call, frontend: { ...call.frontend, human: ask } }
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
