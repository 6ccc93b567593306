import type { HumanChannel, Call } from './context/call.ts'
import { clientChannel } from './approval/client-channel.ts'
import { loadContext } from './context/context.ts'
import { markComplete } from './mark-complete.ts'
import { approve } from './human/approve.ts'
import { confirmPhase } from './human/confirm-phase.ts'
import { confirmStandards } from './human/confirm-standards.ts'
import { HumanNeeded, Refusal, type Decision } from './context/refusal.ts'

/**
 * Runs a step. If it is refused because a human has to decide, and the settings allow the client as a channel, asks the
 * human there and runs the step again after a yes. After any other answer the refusal stands.
 */
export async function askingHuman<T>(call: Call, step: () => Promise<T>): Promise<T> {
  const asked = new Set<string>()
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof HumanNeeded)) throw error
      const question = JSON.stringify(error.decision)
      const channel = clientChannel(await loadContext(call))
      // If a yes did not help, do not ask again.
      if (!channel || asked.has(question)) throw error
      asked.add(question)
      if (!(await isDecided(call, channel, error.decision))) throw error
    }
  }
}

/** Asks the same question as the terminal command. True if the human agreed and the decision was recorded. */
async function isDecided(call: Call, human: HumanChannel, decision: Decision): Promise<boolean> {
  try {
    await decide({ ...call, frontend: { ...call.frontend, human } }, decision)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function decide(call: Call, decision: Decision): Promise<unknown> {
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
