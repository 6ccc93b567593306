import process from 'node:process'
import { pushSnapshots } from '../workflow/push-snapshots.ts'
import type { Finding } from '../workflow/verify/finding.ts'
import { verify as check, type Verified } from '../workflow/verify/verify.ts'
import type { Command } from './command.ts'

export const verifyCommand: Command = {
  name: 'verify',
  usage: '[FEATURE] [--replay] [--push-snapshots]',
  summary: 'check the evidence: chains, proofs, marks; by running it again with --replay',
  options: { replay: { type: 'boolean' }, 'push-snapshots': { type: 'boolean' } },
  async run(call, args) {
    const [feature] = args.positionals
    const features = await check(
      { ...call, feature: feature ?? call.feature },
      { replay: args.flag('replay') ? showProgress : undefined },
    )
    const pushed = args.flag('push-snapshots') ? [await pushSnapshots(call)] : []
    const data = { ...together(features), features }
    const annotations = process.env['CI'] ? data.findings.map(annotation) : []
    const text = [...annotations, ...features.map(verifyText), ...pushed].join('\n')
    return { data, text, exitCode: data.passed ? 0 : 1 }
  },
}

/** One feature as it is; several as one. */
function together(features: readonly Verified[]): Verified {
  const [only] = features
  const sum = (
    what:
      | 'events'
      | 'done'
      | 'waived'
      | 'approved'
      | 'confirmed'
      | 'allowed'
      | 'loadFailure'
      | 'late'
      | 'unseen'
      | 'superseded'
      | 'dropped'
      | 'set'
      | 'replayed',
  ) => features.reduce((total, feature) => total + (feature[what] ?? 0), 0)
  return {
    feature: features.map(({ feature }) => feature).join(', '),
    passed: features.every(({ passed }) => passed),
    events: sum('events'),
    done: sum('done'),
    waived: sum('waived'),
    approved: sum('approved'),
    confirmed: sum('confirmed'),
    allowed: sum('allowed'),
    loadFailure: sum('loadFailure'),
    late: sum('late'),
    unseen: sum('unseen'),
    superseded: sum('superseded'),
    dropped: sum('dropped'),
    set: sum('set'),
    replayed: only?.replayed === null ? null : sum('replayed'),
    findings: features.flatMap(({ findings }) => findings),
  }
}

function verifyText(verified: Verified): string {
  const { feature, passed, events, done, findings } = verified
  const notes = notesOf(verified)
  const extra = notes.length > 0 ? `, ${notes.join(', ')}` : ''
  return [
    ...findings.map(({ path, line, text }) => `${path}:${line} ${text}`),
    passed
      ? `${feature}: ${events} events hold, ${done} tasks proven${extra}.`
      : `${feature}: ${findings.length} findings in ${events} events, ${done} tasks proven${extra}.`,
  ].join('\n')
}

function notesOf({
  waived,
  approved,
  confirmed,
  allowed,
  loadFailure,
  late,
  unseen,
  superseded,
  dropped,
  set,
  replayed,
}: Verified): string[] {
  const counts: [number, string][] = [
    [replayed ?? 0, 'runs replayed'],
    [waived, 'waived'],
    [approved, 'approved by a person'],
    [confirmed, 'confirmed by a person'],
    [allowed, 'more runs allowed by a person'],
    [loadFailure, 'loadFailure'],
    [late, 'late'],
    [unseen, 'changed tests not seen again'],
    [superseded, 'tests overruled by later ones'],
    [set, 'of a kind that the settings say'],
    [dropped, 'dropped in the plan'],
  ]
  return counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []))
}

/** How GitHub shows a finding beside the line it is about. */
function annotation({ path, line, text }: Finding): string {
  const file = escaped(path).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::error file=${file},line=${line}::${escaped(text)}`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

const WIDTH = 30

function showProgress(over: number, all: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((over / all) * WIDTH)
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
  process.stderr.write(`\r${bar} ${over}/${all}${over === all ? '\n' : ''}`)
}
