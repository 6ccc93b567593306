import process from 'node:process'
import { countOf } from '../plan/format-list.ts'
import { oneLine } from '../runner/safe-text.ts'
import { pushSnapshots } from '../workflow/push-snapshots.ts'
import type { Finding } from '../workflow/verify/finding.ts'
import { verify, type Verified } from '../workflow/verify/verify.ts'
import type { Command } from './command.ts'

export const verifyCommand: Command = {
  name: 'verify',
  usage: '[FEATURE] [--replay] [--push-snapshots]',
  summary: 'check the recorded evidence; with --replay, run every test again',
  description:
    'Checks the evidence of one feature, or of all that have any: ledger chains, proofs, marks in the plan, pending tests, and settings. With --replay it runs every recorded RED and GREEN again on its snapshot. Use it in CI. If CI is set, findings are printed as GitHub annotations.',
  arguments: { FEATURE: 'Feature id or folder name; default: every feature with evidence.' },
  options: {
    replay: { type: 'boolean', description: 'Run every recorded RED and GREEN again.' },
    'push-snapshots': {
      type: 'boolean',
      description: 'Push the snapshots to the remote of the branch, so that CI can replay them.',
    },
  },
  exitCode1: 'there are findings',
  examples: [
    'redgreen verify',
    'redgreen verify 001-chat --replay',
    'redgreen verify --push-snapshots',
  ],
  async run(call, args) {
    const [feature] = args.positionals
    const features = await verify(
      { ...call, feature: feature ?? call.feature },
      { replay: args.flag('replay') ? showProgress : undefined },
    )
    const pushed = args.flag('push-snapshots') ? [await pushSnapshots(call)] : []
    const data = { ...total(features), features }
    const annotations = process.env['CI'] ? data.findings.map(annotation) : []
    const text = [...annotations, ...features.map(verifyText), ...pushed].join('\n')
    return { data, text, exitCode: data.passed ? 0 : 1 }
  },
}

/** The sums over all features. */
function total(features: readonly Verified[]): Verified {
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
      | 'configuration'
      | 'changedTests'
      | 'dropped'
      | 'set'
      | 'replayed',
  ) => features.reduce((sum, feature) => sum + (feature[what] ?? 0), 0)
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
    configuration: sum('configuration'),
    changedTests: sum('changedTests'),
    dropped: sum('dropped'),
    set: sum('set'),
    replayed: only?.replayed === null ? null : sum('replayed'),
    notes: features.flatMap(({ notes }) => notes),
    findings: features.flatMap(({ findings }) => findings),
  }
}

function verifyText(verified: Verified): string {
  const { feature, passed, events, done, findings, planGone } = verified
  if (planGone && passed) return `${feature}: ${events} events hold; its plan is gone.`
  const notes = notesOf(verified)
  const extra = notes.length > 0 ? `, ${notes.join(', ')}` : ''
  return [
    ...findings.map(({ path, line, text }) => oneLine(`${path}:${line} ${text}`)),
    ...verified.notes.map(note => oneLine(`! ${note}`)),
    passed
      ? `${feature}: ${events} events valid, ${done} tasks proven${extra}.`
      : `${feature}: ${countOf(findings.length, 'finding')} in ${events} events, ${done} tasks proven${extra}.`,
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
  configuration,
  changedTests,
  dropped,
  set,
  replayed,
}: Verified): string[] {
  const counts: [number, string][] = [
    [replayed ?? 0, `${countOf(replayed ?? 0, 'run')} replayed`],
    [waived, `${waived} waived`],
    [approved, countOf(approved, 'human approval')],
    [confirmed, countOf(confirmed, 'human confirmation')],
    [allowed, `${countOf(allowed, 'extra run')} allowed by a human`],
    [loadFailure, `${loadFailure} RED by a load failure`],
    [late, `${late} RED retroactively`],
    [unseen, `${countOf(unseen, 'changed test')} not re-verified`],
    [superseded, countOf(superseded, 'superseded test')],
    [configuration, `${configuration} changed in the configuration that judges`],
    [changedTests, `${countOf(changedTests, 'task')} with tests changed after the code`],
    [set, `${countOf(set, 'kind')} set in the settings`],
    [dropped, `${dropped} dropped in the plan`],
  ]
  return counts.flatMap(([count, note]) => (count > 0 ? [note] : []))
}

/** A finding as a workflow command of GitHub Actions, shown beside its line. */
function annotation({ path, line, text }: Finding): string {
  const file = escaped(path).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::error file=${file},line=${line}::${escaped(text)}`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

const WIDTH = 30

function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((done / total) * WIDTH)
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
  process.stderr.write(`\r${bar} ${done}/${total}${done === total ? '\n' : ''}`)
}
