import { callWorkspace } from './context/call-workspace.ts'
import type { Call } from './context/call.ts'
import { hasWitness } from './witness/is-configured.ts'

/**
 * Sends the events of a step to the witness. Returns a warning if the witness did not accept them, and only if the last answer did not have
 * the same warning. A refused step cannot show it (`canSay` is false), so the next answer does. Errors never fail the step.
 */
export async function notifyWitness(call: Call, canSay = true): Promise<string | undefined> {
  if (!hasWitness()) return undefined
  // Imported here because most projects have no witness.
  const { sendEvents } = await import('./witness/send-events.ts')
  const { problems } = await sendEvents(callWorkspace(call), { signal: call.signal }).catch(
    (error: unknown) => ({
      problems: [
        `Nothing was sent to the witness: ${error instanceof Error ? error.message : String(error)}.`,
      ],
    }),
  )
  if (!canSay) return undefined
  const isNew = problems.some(problem => !shownProblems.has(problem))
  shownProblems.clear()
  for (const problem of problems) shownProblems.add(problem)
  return isNew ? problems.map(problem => `! ${problem}`).join('\n') : undefined
}

/** Problems that the last answers have shown. */
const shownProblems = new Set<string>()
