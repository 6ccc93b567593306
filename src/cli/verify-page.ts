import { describeClass, EVIDENCE_CLASSES, type EvidenceClass } from '../evidence/evidence-class.ts'
import { countOf, formatList, limitLines } from '../plan/format-list.ts'
import { oneLine } from '../runner/safe-text.ts'
import type { Verified } from '../workflow/verify/verify.ts'

/**
 * The page that `redgreen verify` prints: features with findings first, then the findings, the notes, and what the evidence consists
 * of, weakest first. It fits on one screen, unless `all` is set.
 */
export function verifyPage(features: readonly Verified[], { all = false } = {}): string {
  const limits = all ? NO_LIMITS : LIMITS
  const byWorst = features.toSorted((one, other) => weight(other) - weight(one))
  const findings = byWorst.flatMap(({ findings }) =>
    findings.map(({ path, line, text }) => oneLine(`${path}:${line} ${text}`)),
  )
  const notes = byWorst.flatMap(({ notes }) => notes.map(note => oneLine(`! ${note}`)))
  const groups = EVIDENCE_CLASSES.flatMap(name => groupLine(name, byWorst, limits.names))
  const lines = [
    ...limitLines(byWorst.map(summary), limits.features),
    ...limitLines(findings, limits.findings),
    ...limitLines(notes, limits.notes),
    ...(groups.length > 0 ? ['', 'Evidence, weakest first:', ...groups] : []),
    ...policyLines(byWorst),
  ]
  const isCut = lines.some(line => /… and \d+ more$|\band \d+ more\b/.test(line))
  return [
    ...lines,
    ...(isCut ? ['Everything: redgreen verify --all. As data: redgreen verify --json.'] : []),
  ].join('\n')
}

/** So that the page of a usual feature has at most 40 lines. */
const LIMITS = { features: 6, findings: 8, notes: 3, names: 8 }
const NO_LIMITS = { features: Infinity, findings: Infinity, notes: Infinity, names: Infinity }

/** Features with findings come first, then those with notes. */
function weight({ findings, notes }: Verified): number {
  return findings.length * 1000 + notes.length
}

function summary(verified: Verified): string {
  const { feature, passed, events, done, findings, planGone } = verified
  if (planGone && passed) return `${feature}: ${countOf(events, 'event')} hold; its plan is gone.`
  const checked = passed
    ? `${countOf(events, 'event')} valid`
    : `${countOf(findings.length, 'finding')} in ${countOf(events, 'event')}`
  return `${feature}: ${[checked, `${countOf(done, 'task')} proven`, ...totals(verified)].join(', ')}.`
}

/** Counts of the summary line; the classes below it name the tasks. */
function totals(verified: Verified): string[] {
  const { waived, approved, confirmed, allowed, loadFailure, late, unseen, superseded } = verified
  const replayed = verified.replayed ?? 0
  const counts: [number, string][] = [
    [replayed, `${countOf(replayed, 'run')} replayed`],
    [waived, `${waived} waived`],
    [approved, countOf(approved, 'human approval')],
    [confirmed, countOf(confirmed, 'human confirmation')],
    [allowed, `${countOf(allowed, 'extra run')} allowed by a human`],
    [loadFailure, `${loadFailure} RED by a load failure`],
    [late, `${late} RED retroactively`],
    [unseen, `${countOf(unseen, 'changed test')} not re-verified`],
    [superseded, countOf(superseded, 'superseded test')],
    [verified.configuration, `${verified.configuration} changed in the check configuration`],
    [
      verified.changedTests,
      `${countOf(verified.changedTests, 'task')} with tests changed after the code`,
    ],
    [verified.olderTests, `${countOf(verified.olderTests, 'older test file')} changed`],
    [
      verified.mutants,
      `${verified.noticed} of ${countOf(verified.mutants, 'code change')} noticed`,
    ],
    [verified.unmutated, `${countOf(verified.unmutated, 'task')} without a mutation check`],
    [verified.set, `${countOf(verified.set, 'kind')} set in the settings`],
    [verified.dropped, `${verified.dropped} dropped in the plan`],
  ]
  return counts.flatMap(([count, text]) => (count > 0 ? [text] : []))
}

/** The count of a class and its members, by feature if there are several: `  2  proven late, after the code: T002, T003`. */
function groupLine(name: EvidenceClass, features: readonly Verified[], limit: number): string[] {
  const own = features.flatMap(({ feature, evidence }) => {
    const names = evidence.find(group => group.class === name)?.members.map(({ name }) => name)
    return names ? [{ feature, names }] : []
  })
  const count = own.reduce((sum, { names }) => sum + names.length, 0)
  if (count === 0) return []
  const each = Math.max(1, Math.floor(limit / own.length))
  const parts = own.map(({ feature, names }) => {
    const listed = oneLine(formatList(names, each))
    return features.length === 1 ? listed : `${feature} ${names.length} (${listed})`
  })
  const text = features.length === 1 ? (parts[0] ?? '') : formatList(parts, limit, '; ')
  return [`${String(count).padStart(4)}  ${describeClass(name)}: ${text}`]
}

/** The policies that apply, each once. */
function policyLines(features: readonly Verified[]): string[] {
  const policies = features.flatMap(({ policy }) => {
    if (!policy) return []
    const { allow, from } = policy
    const accepted = allow.length > 0 ? formatList(allow) : 'no weaker evidence'
    return [`Policy (${from}): accepts ${accepted}.`]
  })
  return [...new Set(policies)]
}
