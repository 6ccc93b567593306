import { agreedPolicy, acceptedByBoth } from '../../evidence/agreed-policy.ts'
import { describeClass, REGULAR, type EvidenceClass } from '../../evidence/evidence-class.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'
import type { EvidenceGroup } from './evidence-group.ts'
import type { Finding } from './finding.ts'

/** Which classes of evidence are accepted, and who decided so. */
export interface Policy {
  allow: readonly EvidenceClass[]
  /** `--allow`, or the settings file. */
  from: string
}

/**
 * The policy of the command line or, without one, of the settings; `undefined` if neither limits anything. Settings that were made
 * less strict since the feature started count only after a human has approved them.
 */
export function policyFor(
  { settings, ledger }: Pick<Context, 'settings' | 'ledger'>,
  allow: readonly EvidenceClass[] | undefined,
): Policy | undefined {
  if (allow) return { allow, from: '--allow' }
  const accepted = acceptedByBoth(settings.verify.allow, agreedPolicy(ledger.events))
  return accepted && { allow: accepted, from: SETTINGS_FILE }
}

/** A finding for each member of a class that the policy does not accept. */
export function policyFindings(
  { plan, tasks, settings }: Pick<Context, 'plan' | 'tasks' | 'settings'>,
  groups: readonly EvidenceGroup[],
  policy: Policy | undefined,
): Finding[] {
  if (!policy) return []
  const start = { path: plan.feature.dir, line: 1 }
  return groups
    .filter(group => !policy.allow.includes(group.class) && !ALWAYS_JUDGED.has(group.class))
    .flatMap(group =>
      group.members.map(({ task, name }) => ({
        ...(tasks.get(task ?? '')?.location ?? start),
        text: `${name}: ${describeClass(group.class)}. ${reason(group.class, policy, settings.verify.allow)}`,
      })),
    )
}

/** Regular proofs are accepted by every policy, and a task that is ticked by hand is a finding with any policy. */
const ALWAYS_JUDGED: ReadonlySet<EvidenceClass> = new Set([...REGULAR, 'unproven'])

function reason(
  name: EvidenceClass,
  { from }: Policy,
  inSettings: readonly EvidenceClass[] | undefined,
): string {
  const isNew = from === SETTINGS_FILE && (inSettings?.includes(name) ?? true)
  return isNew
    ? `${SETTINGS_FILE} allows "${name}" only since the feature started, and no human has approved that (redgreen approve).`
    : `The policy (${from}) does not allow "${name}".`
}
