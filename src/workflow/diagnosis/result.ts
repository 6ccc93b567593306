import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { mapErrors } from '../context/error-mapping.ts'
import { Refusal } from '../context/refusal.ts'

/** The result of one check of the diagnosis. */
export interface DiagnosisResult {
  name: string
  ok: boolean
  /** What was found, as a phrase. */
  found: string
  /** What a human can do about a problem. */
  remedy?: string
}

/** The workspace that is checked. */
export type Location = Pick<Context, 'workspace' | 'state'>

/** Runs a check. If it is refused, the refusal is the result. */
export async function attempt(
  name: string,
  call: Call,
  check: () => Promise<DiagnosisResult[]>,
): Promise<DiagnosisResult[]> {
  try {
    return await mapErrors(call, check)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Several features are not a problem.
    return [{ name, ok: error.code === 'ambiguous_feature', found: error.message }]
  }
}
