import { attemptsLeft } from '../evidence/budget.ts'
import { lastEvent, type EventBody, type EventOf } from '../evidence/event.ts'
import { treeWithMarks } from '../store/marks.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { timestamp, record, reloadLedger, type Context } from './context/context.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { refuseUnfinished } from './guards/finished.ts'
import { limitsUsed } from './context/limits.ts'
import { refuseChangedPlan, refuseOtherPlan } from './guards/readiness.ts'
import { refuseOpenStandards } from './approval/standards.ts'
import { writeOutcomeReport } from './report/outcome-report.ts'
import { applyEdits } from './context/write-marks.ts'
import { Refusal } from './context/refusal.ts'
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

/**
 * Validates the finished feature: the full suite, the type checker, the linter, the application at work where there is
 * one, and the known traps of its frameworks.
 */
export async function runValidation(call: Call): Promise<ValidationResponse> {
  const context = await openContext(call)
  refuseOtherPlan(context)
  refuseChangedPlan(context)
  refuseUnfinished(context)
  refuseOpenStandards(context)
  const tree = await takeTree(context.workspace)
  const known = lastEvent(context.ledger.events, 'validation')
  if (known && isSame(context, known, tree.hash)) return recorded(context, known)
  if (attemptsLeft(limitsUsed(context), context.settings.limits) === 0) throw await usedUp(context)
  const attempt = limitsUsed(context).attempts + 1
  const tests = await testGate(context)
  const { types, lint } = toolchainOf(context)
  const checks = [
    ...(types ? [await commandGate(context, 'types', types)] : []),
    ...(lint ? [await commandGate(context, 'lint', lint)] : []),
  ]
  const tested = await takeTree(context.workspace)
  // Pages and cookies are read by libraries that no other step needs.
  const { seeApplication } = await import('./validation/application/gates.ts')
  const application = await seeApplication(context)
  const applies = application.gates.length > 0 || context.settings.validation !== undefined
  const gotchas = applies ? [gotchasGate(context, tree)] : []
  const seen = [tests.gate, ...checks, ...application.gates, ...gotchas]
  const standards = await standardsGate(context, seen)
  const after = await takeTree(context.workspace)
  const unmoved = unchangedFilesGate(context, { start: tree, tested, end: after })
  const gates = [...seen, ...standards, ...unmoved]
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
      gates: gates.map(kept),
      known: application.known,
      screenshots: application.screenshots,
      after: after.hash,
      ...(edits.length > 0 && { finished: { at, tree: finished.hash } }),
      ...tests.record,
    }
    record(context, event)
    const fresh = reloadLedger(edits.length > 0 ? finishFeature(context, at) : context)
    writeOutcomeReport(fresh)
    const { known, screenshots, leftOut } = application
    const told = { gates: gates.map(gate => gateSummary(fresh, gate)), known, screenshots }
    return validationResponse(fresh, told, attempt, passed, leftOut)
  })
}

/** The run of the tests is that of the validation. */
function kept({ name, passed, verdict, summary, checks, findings, run }: Gate) {
  const gate = { name, passed, verdict, summary, checks, findings }
  return name === 'tests' || !run ? gate : { ...gate, run }
}

/** A validation that passed holds as long as nothing changes: asking again spends no attempt. */
function isSame(context: Context, known: EventOf<'validation'>, tree: string): boolean {
  const trees = [known.tree, known.after, known.finished?.tree]
  return known.passed && trees.includes(tree) && known.settings === context.settings.hash
}

async function recorded(
  context: Context,
  known: EventOf<'validation'>,
): Promise<ValidationResponse> {
  const { finished } = known
  // A crash may have come between the event and what it writes.
  if (finished) await withTransaction(context.call, context => finishFeature(context, finished.at))
  const { known: failures = [], screenshots = [] } = known
  const told = { gates: recordedGates(context, known), known: failures, screenshots }
  return validationResponse(context, told, limitsUsed(context).attempts, true, undefined)
}

/** The working period has no attempt left: the report for a person says what each of them found. */
async function usedUp(context: Context): Promise<Refusal> {
  await withTransaction(context.call, writeOutcomeReport)
  return new Refusal(
    'attempts_used_up',
    `All ${limitsUsed(context).attempts} validation attempts of this working period are used up, so nothing was run.`,
    `${humanNextStep(context)} A new period begins ${context.settings.limits.pauseHours} hours after the last event.`,
  )
}

/** What the workflow writes when a feature is over, the application included where it asks for that. */
function finishFeature(context: Context, at: string): Context {
  return applyEdits(
    context,
    ({ dialect, reader, plan }) => dialect.finishFeature?.(reader, plan, at) ?? [],
  )
}
