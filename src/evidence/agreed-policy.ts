import type { Event } from './event.ts'
import { EVIDENCE_CLASSES, isEvidenceClass, REGULAR, type EvidenceClass } from './evidence-class.ts'

/**
 * The classes that the settings allowed when the feature started, or when a human last approved them; `undefined` if they limited
 * nothing. Later starts can make the policy stricter, because only a looser one needs a human.
 */
export function agreedPolicy(events: readonly Event[]): readonly EvidenceClass[] | undefined {
  let agreed: readonly EvidenceClass[] | undefined
  for (const event of events) {
    if (event.kind === 'approved') agreed = event.policy?.filter(isEvidenceClass)
    else if (event.kind === 'start' && event.policy !== undefined)
      agreed = acceptedByBoth(agreed, event.policy.filter(isEvidenceClass))
  }
  return agreed
}

/** The classes that are accepted by both policies; `undefined` accepts everything. */
export function acceptedByBoth(
  one: readonly EvidenceClass[] | undefined,
  other: readonly EvidenceClass[] | undefined,
): readonly EvidenceClass[] | undefined {
  if (!one || !other) return one ?? other
  return one.filter(name => other.includes(name))
}

/** The classes that the settings allow now and that no human has agreed to. */
export function notAgreed(
  events: readonly Event[],
  now: readonly EvidenceClass[] | undefined,
): EvidenceClass[] {
  const agreed = agreedPolicy(events)
  if (!agreed) return []
  const allowed = now ?? EVIDENCE_CLASSES
  return allowed.filter(name => !agreed.includes(name) && !REGULAR.has(name))
}
