import { attemptsLeft } from '../evidence/run-limits.ts'
import { lastEvent, type EventBody, type EventOf } from '../evidence/event.ts'
import { treeWithMarks } from '../store/marks.ts'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { takeTree } from '../store/tree.ts'
import { saveTree } from '../store/saved-trees.ts'
import type { Call } from './context/call.ts'
import { timestamp, type Context } from './context/context.ts'
import { reloadLedger } from './context/reload-context.ts'
import { record, refuseBrokenLedger } from './context/record.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { refuseLoosenedConfiguration } from './completion/loosened-configuration.ts'
import { refuseUnfinished } from './guards/finished.ts'
import { limitsUsed } from './context/limits.ts'
import { lacksFlows } from './context/needs-application.ts'
import { refuseChangedPlan, refuseOtherPlan } from './guards/readiness.ts'
import { channelHint } from './approval/remote-channels.ts'
import { refuseOpenStandards } from './approval/standards.ts'
import { repeatedNote } from './response/repeated.ts'
import { writeOutcomeReport } from './report/outcome-report.ts'
import { applyEdits } from './context/write-marks.ts'
import { HumanNeeded, Refusal } from './context/refusal.ts'
import {
  currentCheckConfiguration,
  checkConfigurationField,
} from './testing/check-configuration.ts'
import { toolchainOf } from './testing/toolchain.ts'
import {
  gateSummary,
  humanNextStep,
  recordedGates,
  validationResponse,
  type ValidationResponse,
} from './validation/response.ts'
import type { Gate } from './validation/gate.ts'
import { gotchasGate } from './validation/gotchas/gate.ts'
import { standardsGate } from './validation/standards.ts'
import { commandGate, testGate } from './validation/project-gates.ts'
import { unchangedFilesGate } from './validation/unchanged-files.ts'
import { countOf } from '../plan/format-list.ts'

/**
 * Validates the finished feature: the full suite, the type checker, the linter, the running application if there is one, the
 * known gotchas of its frameworks, and the workflow's standards. A validation that passed is not repeated while nothing
 * changes.
 */
export async function runValidation(call: Call): Promise<ValidationResponse> {
  const context = await openContext(call)
  // Without its events, every task looks undone.
  refuseBrokenLedger(context)
  refuseOtherPlan(context)
  refuseChangedPlan(context)
  refuseUnfinished(context)
  refuseOpenStandards(context)
  refuseMissingFlows(context)
  const tree = await takeTree(context.workspace)
  const known = lastEvent(context.ledger.events, 'validation')
  if (known && isSame(context, known, tree.hash)) return recordedResponse(context, known)
  await refuseLoosenedConfiguration(context)
  if (attemptsLeft(limitsUsed(context), context.settings.limits) === 0)
    throw await attemptsUsedUp(context)
  const attempt = limitsUsed(context).attempts + 1
  const tests = await testGate(context)
  const { types, lint } = toolchainOf(context)
  const checks = [
    ...(types ? [await commandGate(context, 'types', types)] : []),
    ...(lint ? [await commandGate(context, 'lint', lint)] : []),
  ]
  const tested = await takeTree(context.workspace)
  // Imported here, because no other step needs the libraries that read pages and cookies.
  const { checkApplication } = await import('./validation/application/gates.ts')
  const application = await checkApplication(context)
  const applies = application.gates.length > 0 || context.settings.validation !== undefined
  const gotchas = applies ? [gotchasGate(context, tree)] : []
  const base = [tests.gate, ...checks, ...application.gates, ...gotchas]
  const standards = await standardsGate(context, base)
  const after = await takeTree(context.workspace)
  const unmoved = unchangedFilesGate(context, { start: tree, tested, end: after })
  const gates = [...base, ...standards, ...unmoved]
  const passed = gates.every(gate => gate.passed)
  return withTransaction(call, async context => {
    const at = timestamp()
    const edits = passed
      ? (context.dialect.finishFeature?.(context.reader, context.plan, at) ?? [])
      : []
    const finished = treeWithMarks(context.workspace, after, edits)
    const event: EventBody = {
      kind: 'validation',
      passed,
      settings: context.settings.hash,
      tree: tree.hash,
      gates: gates.map(gateRecord),
      known: application.known,
      screenshots: application.screenshots,
      after: after.hash,
      ...(edits.length > 0 && { finished: { at, tree: finished.hash } }),
      ...tests.record,
      ...checkConfigurationField(context, await currentCheckConfiguration(context, after)),
    }
    // Saved so that a later change of a validated file can be reported.
    saveTree(context.state, finished)
    await record(context, event)
    const fresh = reloadLedger(edits.length > 0 ? finishFeature(context, at) : context)
    writeOutcomeReport(fresh)
    const { known, screenshots, leftOut } = application
    const result = { gates: gates.map(gate => gateSummary(fresh, gate)), known, screenshots }
    return validationResponse(fresh, result, attempt, passed, leftOut)
  })
}

/** Refuses before an attempt is used up: without a flow the validation could not pass. */
function refuseMissingFlows(context: Context): void {
  if (!lacksFlows(context)) return
  throw new Refusal(
    'plan_invalid',
    `The workflow of ${context.plan.feature.id} requires at least one user flow, and none is defined. Nothing was run, and no attempt was used.`,
    `Ask a human to define one in the plan (user_flows) or in ${SETTINGS_FILE} (validation.flows), with steps such as \`POST /things {"name": "x"} → 201\`.`,
  )
}

/** A gate for the ledger. The event itself has the run of the tests. */
function gateRecord({ name, passed, verdict, summary, checks, findings, run }: Gate) {
  const gate = { name, passed, verdict, summary, checks, findings }
  return name === 'tests' || !run ? gate : { ...gate, run }
}

/** True if a validation passed on these files and settings, so that it does not have to run again. */
function isSame(context: Context, known: EventOf<'validation'>, tree: string): boolean {
  const trees = [known.tree, known.after, known.finished?.tree]
  return known.passed && trees.includes(tree) && known.settings === context.settings.hash
}

async function recordedResponse(
  context: Context,
  known: EventOf<'validation'>,
): Promise<ValidationResponse> {
  const { finished } = known
  // A crash may have prevented the writes that follow the event.
  if (finished) await withTransaction(context.call, context => finishFeature(context, finished.at))
  const { known: failures = [], screenshots = [] } = known
  const result = { gates: recordedGates(context, known), known: failures, screenshots }
  const { attempts } = limitsUsed(context)
  const response = validationResponse(context, result, attempts, true, undefined)
  const note = repeatedNote(known, 'no file has changed since, so no attempt was used')
  return { ...response, repeated: true, messages: [note, ...response.messages] }
}

/** The refusal if the working period has no attempt left. The report shows what each attempt found. */
async function attemptsUsedUp(context: Context): Promise<Refusal> {
  await withTransaction(context.call, writeOutcomeReport)
  return new HumanNeeded(
    { step: 'allow-run' },
    'attempts_used_up',
    `No validation attempt is left in this working period (used: ${limitsUsed(context).attempts}), so nothing was run.`,
    `${humanNextStep(context)} A new period begins ${countOf(context.settings.limits.pauseHours, 'hour')} after the last event.`,
    channelHint(context),
  )
}

/** Writes into the workflow's files that the feature is complete. */
function finishFeature(context: Context, at: string): Context {
  return applyEdits(
    context,
    ({ dialect, reader, plan }) => dialect.finishFeature?.(reader, plan, at) ?? [],
  )
}
