import { callWorkspace } from './context/call-workspace.ts'
import type { Call } from './context/call.ts'
import { hasWitness } from './witness/is-configured.ts'

/**
 * Sends what a step has recorded to the witness. Returns what the caller should know, once: that it did not take an event. A refusal has no
 * place for it, so the next answer says it. The step is over, so that a failure here has no other effect.
 */
export async function noteWitness(call: Call, canSay = true): Promise<string | undefined> {
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
  const isNew = problems.some(problem => !SHOWN.has(problem))
  SHOWN.clear()
  for (const problem of problems) SHOWN.add(problem)
  return isNew ? problems.map(problem => `! ${problem}`).join('\n') : undefined
}

/** What the last answer had, or an earlier one about the same. */
const SHOWN = new Set<string>()
