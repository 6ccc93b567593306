import type { WitnessRequest } from '../witness/load-statement.ts'
import type { LoadedStatement } from '../witness/loaded-statement.ts'
import type { Call } from '../context/call.ts'
import { callWorkspace } from '../context/call-workspace.ts'
import type { Context } from '../context/context.ts'
import type { AcceptedRange } from './accepted-missing.ts'
import type { Finding } from './finding.ts'

/** What a witness shows. */
interface Shown {
  findings: Finding[]
  notes: string[]
}

const NOTHING: Shown = { findings: [], notes: [] }

/** The statement of a witness, compared with the ledgers of features. */
export interface WitnessCheck {
  /** What it shows about the ledger of one feature. */
  of(place: Pick<Context, 'workspace' | 'state' | 'key'>): Promise<Shown>
  /** What concerns all: its signature, and features that only the witness knows. */
  ofAll(known: readonly string[]): Promise<Shown>
}

/** A witness, and what is missing in the ledger and known to be lost. */
export interface CheckRequest extends WitnessRequest {
  accepted?: readonly AcceptedRange[]
}

/** Gets the statement. Without a request nothing is loaded, and nothing is shown. */
export async function witnessCheck(
  call: Call,
  request: CheckRequest | undefined,
): Promise<WitnessCheck> {
  if (!request) return { of: async () => NOTHING, ofAll: async () => NOTHING }
  // Imported here because most projects have no witness.
  const { loadStatement } = await import('../witness/load-statement.ts')
  const place = callWorkspace(call)
  const loaded = await loadStatement(place.workspace, request)
  if ('problem' in loaded) return problemCheck(loaded.problem)
  const { compareLedger } = await import('./compare-ledger.ts')
  return {
    of: feature => compareLedger(feature, loaded, request.accepted),
    async ofAll(known) {
      const gone = call.feature === undefined ? featuresBeside(loaded, known) : []
      const all = await Promise.all(
        gone.map(key => compareLedger({ ...place, key }, loaded, request.accepted)),
      )
      return {
        findings: all.flatMap(({ findings }) => findings),
        notes: [...loaded.notes, ...all.flatMap(({ notes }) => notes)],
      }
    },
  }
}

function problemCheck(text: string): WitnessCheck {
  const findings = [{ path: '.redgreen/ledger', line: 1, text }]
  return { of: async () => NOTHING, ofAll: async () => ({ findings, notes: [] }) }
}

/** Features whose ledgers are on another branch, or were deleted. */
function featuresBeside(
  { statement }: Extract<LoadedStatement, { isFresh: boolean }>,
  known: readonly string[],
): string[] {
  const features = new Set(statement.chains.map(({ feature }) => feature))
  return [...features].filter(feature => !known.includes(feature))
}
