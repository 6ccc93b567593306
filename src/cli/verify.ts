import process from 'node:process'
import {
  EVIDENCE_CLASSES,
  isEvidenceClass,
  type EvidenceClass,
} from '../evidence/evidence-class.ts'
import { pushSnapshots } from '../workflow/push-snapshots.ts'
import type { Finding } from '../workflow/verify/finding.ts'
import { verify, type Verified } from '../workflow/verify/verify.ts'
import { parseRange } from '../workflow/verify/accepted-missing.ts'
import type { CheckRequest } from '../workflow/verify/witness-check.ts'
import { UsageError, type Arguments, type Command } from './command.ts'
import { verifyPage } from './verify-page.ts'

export const verifyCommand: Command = {
  name: 'verify',
  usage: '[FEATURE] [--replay] [--witness URL|FILE] [--allow LIST] [--all] [--push-snapshots]',
  summary: 'check the recorded evidence; with --replay, run every test again',
  description:
    'Checks the evidence of one feature, or of all that have any: ledger chains, proofs, marks in the plan, pending tests, and settings. With --replay it runs every recorded RED and GREEN again on its snapshot. It prints what the evidence consists of, weakest first. Use it in CI. If CI is set, findings are printed as GitHub annotations.',
  arguments: { FEATURE: 'Feature id or folder name; default: every feature with evidence.' },
  options: {
    replay: { type: 'boolean', description: 'Run every recorded RED and GREEN again.' },
    allow: {
      type: 'string',
      multiple: true,
      value: 'LIST',
      description: `Kinds of weaker evidence that are accepted, such as late,waived; each other kind that a task has is a finding. It overrides verify.allow of the settings, so that CI does not depend on a file of the pull request. "assertion" alone accepts no weaker evidence. Kinds: ${EVIDENCE_CLASSES.join(', ')}.`,
    },
    witness: {
      type: 'string',
      value: 'URL|FILE',
      description:
        'Compare the ledgers with what a witness heard of: its address, such as https://host:17392/?project=shop or unix:/run/witness.sock, a file that `redgreen witness --export` has written, such as statement.json?project=shop, or the database of a shared store, such as postgres://USER@HOST/DATABASE?project=owner/shop. Default of the project: default. The token of an address is in REDGREEN_WITNESS_TOKEN.',
    },
    'witness-key': {
      type: 'string',
      value: 'KEY',
      description:
        'Public key of the witness. Default: REDGREEN_WITNESS_KEY, then witness.key of the settings. A file needs one of the first two.',
    },
    'accept-missing': {
      type: 'string',
      multiple: true,
      value: 'RANGE',
      description:
        'Events that the witness has and the ledger does not, and that are lost for good, such as CHAIN:5-7, as the finding names them. They become a note.',
    },
    all: { type: 'boolean', description: 'Print every name, without a limit of lines.' },
    'push-snapshots': {
      type: 'boolean',
      description: 'Push the snapshots to the remote of the branch, so that CI can replay them.',
    },
  },
  exitCode1: 'there are findings',
  examples: [
    'redgreen verify',
    'redgreen verify 001-chat --replay',
    'redgreen verify --allow late,human',
    'redgreen verify --witness statement.json --witness-key "$WITNESS_KEY"',
    'redgreen verify --push-snapshots',
  ],
  async run(call, args) {
    const [feature] = args.positionals
    const allow = allowed(args)
    const features = await verify(
      { ...call, feature: feature ?? call.feature },
      {
        replay: args.flag('replay') ? showProgress : undefined,
        allow,
        witness: witnessIn(args),
      },
    )
    const pushed = args.flag('push-snapshots') ? [await pushSnapshots(call)] : []
    const data = { ...total(features), features }
    const annotations = process.env['CI'] ? data.findings.map(annotation) : []
    const page = verifyPage(features, { all: args.flag('all') })
    const text = [...annotations, page, ...pushed].join('\n')
    return { data, text, exitCode: data.passed ? 0 : 1 }
  },
}

function witnessIn(args: Arguments): CheckRequest | undefined {
  const from = args.text('witness')
  const key = args.text('witness-key')
  if (from === undefined && key !== undefined)
    throw new UsageError('--witness-key needs --witness, so nothing was checked.')
  const ranges = args.list('accept-missing')
  if (from === undefined && ranges.length > 0)
    throw new UsageError('--accept-missing needs --witness, so nothing was checked.')
  const accepted = ranges.map(text => {
    const range = parseRange(text)
    if (range) return range
    throw new UsageError(
      `--accept-missing ${text}: it has the form CHAIN:FIRST-LAST, as the finding names it. Nothing was checked.`,
    )
  })
  return from === undefined ? undefined : { from, key, accepted }
}

/** The words of `--allow late,waived`, which may be repeated; `undefined` if it is not given. */
function allowed(args: Arguments): EvidenceClass[] | undefined {
  const given = args.list('allow')
  if (given.length === 0) return undefined
  const words = given.flatMap(text => text.split(',')).map(word => word.trim())
  return words
    .filter(word => word !== '')
    .map(word => {
      if (isEvidenceClass(word)) return word
      throw new UsageError(
        `--allow does not know ${JSON.stringify(word)}, so nothing was checked. It takes ${EVIDENCE_CLASSES.join(', ')}.`,
      )
    })
}

const COUNTED = [
  'events',
  'done',
  'waived',
  'approved',
  'confirmed',
  'allowed',
  'loadFailure',
  'late',
  'unseen',
  'superseded',
  'configuration',
  'changedTests',
  'olderTests',
  'stopped',
  'settingsCommand',
  'exitCodeOnly',
  'noticed',
  'mutants',
  'unmutated',
  'dropped',
  'set',
] as const

/** The sums over all features, and what they consist of together. */
function total(features: readonly Verified[]) {
  const counts = COUNTED.map(name => {
    const sum = features.reduce((sum, feature) => sum + feature[name], 0)
    return [name, sum] as const
  })
  const [only] = features
  const replayed = features.reduce((sum, feature) => sum + (feature.replayed ?? 0), 0)
  return {
    feature: features.map(({ feature }) => feature).join(', '),
    passed: features.every(({ passed }) => passed),
    ...Object.fromEntries(counts),
    replayed: only?.replayed === null ? null : replayed,
    notes: features.flatMap(({ notes }) => notes),
    evidence: EVIDENCE_CLASSES.flatMap(name => {
      const members = features.flatMap(({ feature, evidence }) =>
        evidence
          .filter(group => group.class === name)
          .flatMap(group => group.members.map(member => ({ feature, ...member }))),
      )
      return members.length > 0 ? [{ class: name, count: members.length, members }] : []
    }),
    findings: features.flatMap(({ findings }) => findings),
  }
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
