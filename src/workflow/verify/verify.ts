import { finishedTwice } from '../../evidence/chains.ts'
import type { EvidenceClass } from '../../evidence/evidence-class.ts'
import { featuresRecorded, readLedger } from '../../store/ledger.ts'
import { featuresWithSnapshots } from '../../store/snapshot-references.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { callWorkspace } from '../context/call-workspace.ts'
import { loadFiles, withLocalCodeOnly } from '../context/load-context.ts'
import { foreignFiles, ledgerProblems } from '../context/problems.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'
import { classifyEvidence, groupEvidence } from './classified-evidence.ts'
import { differingTests } from './differing-tests.ts'
import type { EvidenceGroup } from './evidence-group.ts'
import { countsOf, type EvidenceCounts } from './counts.ts'
import type { Finding } from './finding.ts'
import { lostEvidence } from './lost-evidence.ts'
import { rewrittenTasks, unmetPendingTests, unprovenMarks, unprovenPlan } from './unproven-marks.ts'
import { changesToReview } from './changes-to-review.ts'
import { replayMutants } from './replay-mutants.ts'
import { policyFindings, policyFor, type Policy } from './policy.ts'
import { absentTests, failingTests } from './current-tests.ts'
import { unprovenTasks } from './proofs.ts'
import { replay, type ReplayProgress } from './replay.ts'
import { settingsChanges } from './settings-changes.ts'
import { featuresTickedUnrecorded } from './unrecorded-ticks.ts'
import { changedSinceValidation } from './validated-files.ts'
import { witnessCheck, type CheckRequest, type WitnessCheck } from './witness-check.ts'

/** The result of checking the evidence of a feature. */
export interface Verified extends EvidenceCounts {
  feature: string
  passed: boolean
  /** Runs that were replayed; `null` if no replay was requested. */
  replayed: number | null
  /** The plan was removed: only the ledger could be checked. */
  planGone?: true
  /** Sentences about what a reader should know although it is not a finding. */
  notes: string[]
  /** What the evidence consists of, weakest class first. */
  evidence: EvidenceGroup[]
  /** What is accepted, if the settings or the caller limit it. */
  policy?: Policy
  findings: Finding[]
}

export interface VerifyOptions {
  /** Run every RED and GREEN again, and report the progress. Without it, nothing is run. */
  replay?: ReplayProgress | undefined
  /** The classes of evidence that are accepted, instead of those in the settings. */
  allow?: readonly EvidenceClass[] | undefined
  /** A witness whose statement is compared with the ledgers. */
  witness?: CheckRequest | undefined
}

interface Options extends VerifyOptions {
  check: WitnessCheck
}

/** Checks the evidence of the call's feature or, without one, of every feature that has any. Writes nothing. */
export async function verify(call: Call, options: VerifyOptions = {}): Promise<Verified[]> {
  const recorded = call.feature === undefined ? featuresRecorded(callWorkspace(call).state) : []
  const others = call.feature === undefined ? await withoutLedger(call, recorded) : []
  const unrecorded =
    call.feature === undefined ? await featuresTickedUnrecorded(call, [...recorded, ...others]) : []
  const known = [...recorded, ...others, ...unrecorded]
  const check = await witnessCheck(call, options.witness)
  const all: Verified[] = []
  for (const feature of known.length > 0 ? known : [call.feature])
    all.push(await verifyWithOrWithoutPlan({ ...call, feature }, { ...options, check }))
  const heard = await check.ofAll(all.map(({ feature }) => feature))
  const foreign = await foreignFiles(callWorkspace(call))
  return withFindings([...foreign, ...heard.findings], heard.notes, all)
}

/** Findings that concern every feature stand at the first one. */
function withFindings(
  findings: readonly Finding[],
  notes: readonly string[],
  [first, ...others]: Verified[],
): Verified[] {
  if (!first) return []
  const passed = first.passed && findings.length === 0
  const all = { findings: [...findings, ...first.findings], notes: [...notes, ...first.notes] }
  return [{ ...first, passed, ...all }, ...others]
}

/** Features that have a plan and snapshots in git, but no ledger. */
async function withoutLedger(call: Call, recorded: readonly string[]): Promise<string[]> {
  const features = await featuresWithSnapshots(callWorkspace(call).workspace)
  const others = features.filter(feature => !recorded.includes(feature))
  const havePlans = await Promise.all(others.map(feature => hasPlan({ ...call, feature })))
  return others.filter((_feature, index) => havePlans[index])
}

/** `false` if the plan is not on this branch: then there is nothing to compare with. */
async function hasPlan(call: Call): Promise<boolean> {
  try {
    await loadFiles(call)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** If the plan was removed, only the ledger is checked, so that the other features are still verified. */
async function verifyWithOrWithoutPlan(call: Call, options: Options): Promise<Verified> {
  try {
    return await verifyFeature(call, options)
  } catch (error) {
    const { workspace, state } = callWorkspace(call)
    const isRecorded = featuresRecorded(state).includes(call.feature ?? '')
    if (!(error instanceof Refusal && error.code === 'no_feature' && isRecorded)) throw error
    const key = call.feature ?? ''
    const ledger = readLedger(state, key)
    const { findings: lost, notes } = await options.check.of({ workspace, state, key })
    const findings = [...ledgerProblems({ ledger, workspace }), ...lost]
    return {
      feature: key,
      passed: findings.length === 0,
      ...countsOf({ ledger, histories: new Map(), plan: { tasks: [] } }, new Map()),
      replayed: null,
      planGone: true,
      notes,
      evidence: [],
      findings,
    }
  }
}

async function verifyFeature(call: Call, options: Options): Promise<Verified> {
  const whole = await loadFiles(call)
  const context = withLocalCodeOnly(whole)
  const states = taskStates(context)
  const lost = await lostEvidence(whole)
  const marks = await unprovenMarks(context)
  const validated = await changedSinceValidation(context)
  const heard = await options.check.of(whole)
  const replayed = options.replay && (await replay(context, options.replay))
  const mutants = options.replay && (await replayMutants(context))
  const evidence = groupEvidence([
    ...classifyEvidence(context, states),
    ...lost.classified,
    ...(replayed?.classified ?? []),
  ])
  const policy = policyFor(context, options.allow)
  const findings = [
    ...ledgerProblems(context),
    ...lost.findings,
    ...heard.findings,
    ...marks.findings,
    ...unprovenPlan(context),
    ...unprovenTasks(context),
    ...rewrittenTasks(context),
    ...settingsChanges(context),
    ...unmetPendingTests(context),
    ...(await absentTests(context)),
    ...validated.findings,
    ...policyFindings(context, evidence, policy),
    ...(replayed?.findings ?? []),
    ...(mutants?.findings ?? []),
    ...(options.replay ? await failingTests(context) : []),
  ]
  return {
    feature: context.key,
    passed: findings.length === 0,
    ...countsOf(context, states),
    events: whole.ledger.events.length,
    replayed: replayed?.runs ?? null,
    notes: [
      ...lost.notes,
      ...heard.notes,
      ...validated.notes,
      ...marks.notes,
      ...elsewhereNotes(context),
      ...(replayed?.notes ?? (await differingTests(context))),
      ...(mutants?.notes ?? []),
      ...twiceNotes(whole),
      ...changesToReview(context),
    ],
    evidence,
    ...(policy && { policy }),
    findings,
  }
}

function elsewhereNotes({ elsewhere }: Context): string[] {
  return [...elsewhere.keys()].map(
    task => `${task} was finished in another clone. Its code and its mark are not on this branch.`,
  )
}

function twiceNotes({ ledger }: Context): string[] {
  return finishedTwice(ledger.events).map(
    task => `${task} was finished twice, on two branches or in two clones. Compare both changes.`,
  )
}
