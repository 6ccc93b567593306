import { describeClass } from '../evidence/evidence-class.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { verify } from '../workflow/verify/verify.ts'
import { pageCall, type Place } from './page-call.ts'
import type { VerificationView } from './wire.ts'

/** What `redgreen verify` says about a feature, without a replay. */
export async function verification(place: Place, signal: AbortSignal): Promise<VerificationView> {
  const call = pageCall(place, signal)
  const [verified] = await mapErrors(call, () => verify(call))
  if (!verified) return { passed: true, events: 0, findings: [], notes: [], evidence: [] }
  const { passed, events, findings, notes, evidence } = verified
  return {
    passed,
    events,
    findings: findings.map(({ path, line, text }) => ({ place: `${path}:${line}`, text })),
    notes,
    evidence: evidence.map(({ class: name, count, members }) => ({
      name: describeClass(name),
      count,
      members: members.slice(0, MAX_MEMBERS).map(member => member.name),
    })),
  }
}

const MAX_MEMBERS = 100
