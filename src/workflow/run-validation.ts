import { attemptsLeft } from '../evidence/budget.ts'
import type { EventBody, EventOf } from '../evidence/event.ts'
import { treeWithMarks } from '../store/marks.ts'
import { takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { now, record, reread, type Desk } from './context/context.ts'
import { atDesk, openDesk } from './context/transaction.ts'
import { refuseUnfinished } from './guards/finished.ts'
import { usedNow } from './context/limits.ts'
import { refuseOtherPlan } from './guards/readiness.ts'
import { refuseOpenStandards } from './approval/standards.ts'
import { writing } from './context/write-marks.ts'
import { Refusal } from './context/refusal.ts'
import { toolchainOf } from './testing/toolchain.ts'
import { showPerson, validationAnswer, type Validation } from './validation/response.ts'
import { commandGate } from './validation/command.ts'
import type { Gate } from './validation/gate.ts'
import { gotchasGate } from './validation/gotchas/gate.ts'
import { keepReport } from './validation/report.ts'
import { standardsGate } from './validation/standards.ts'
import { testGate } from './validation/suite.ts'
import { unmovedGate } from './validation/unchanged-files.ts'
import { recalledGates, toldGate } from './validation/gate-summary.ts'

/**
 * Validates the finished feature: the full suite, the type checker, the linter, the application at work where there is
 * one, and the known traps of its frameworks.
 */
export async function runValidation(call: Call): Promise<Validation> {
  const desk = await openDesk(call)
  refuseOtherPlan(desk)
  refuseUnfinished(desk)
  refuseOpenStandards(desk)
  const tree = await takeTree(desk.workspace)
  const known = desk.ledger.events.findLast(event => event.kind === 'validation')
  if (known?.kind === 'validation' && isSame(desk, known, tree.hash)) return recorded(desk, known)
  if (attemptsLeft(usedNow(desk), desk.settings.limits) === 0) throw await usedUp(desk)
  const attempt = usedNow(desk).attempts + 1
  const tests = await testGate(desk)
  const { types, lint } = toolchainOf(desk)
  const checks = [
    ...(types ? [await commandGate(desk, 'types', types)] : []),
    ...(lint ? [await commandGate(desk, 'lint', lint)] : []),
  ]
  const tested = await takeTree(desk.workspace)
  // Pages and cookies are read by libraries that no other step needs.
  const { seeApplication } = await import('./validation/application/gates.ts')
  const application = await seeApplication(desk)
  const applies = application.gates.length > 0 || desk.settings.validation !== undefined
  const gotchas = applies ? [gotchasGate(desk, tree)] : []
  const seen = [tests.gate, ...checks, ...application.gates, ...gotchas]
  const standards = await standardsGate(desk, seen)
  const after = await takeTree(desk.workspace)
  const unmoved = unmovedGate(desk, { start: tree, tested, end: after })
  const gates = [...seen, ...standards, ...unmoved]
  const passed = gates.every(gate => gate.passed)
  return atDesk(call, async desk => {
    const at = now()
    const edits = passed ? (desk.dialect.finishFeature?.(desk.shelf, desk.plan, at) ?? []) : []
    const finished = treeWithMarks(desk.workspace, after, edits)
    const event: EventBody = {
      kind: 'validation',
      passed,
      settings: desk.settings.hash,
      tree: tree.hash,
      gates: gates.map(kept),
      known: application.known,
      screenshots: application.screenshots,
      after: after.hash,
      ...(edits.length > 0 && { finished: { at, tree: finished.hash } }),
      ...tests.seen,
    }
    record(desk, event)
    if (edits.length > 0) await finishFeature(desk, at)
    const fresh = await reread(desk)
    keepReport(fresh)
    const { known, screenshots, leftOut } = application
    const told = { gates: gates.map(gate => toldGate(fresh, gate)), known, screenshots }
    return validationAnswer(fresh, told, attempt, passed, leftOut)
  })
}

/** The run of the tests is that of the validation. */
function kept({ name, passed, verdict, summary, checks, findings, run }: Gate) {
  const gate = { name, passed, verdict, summary, checks, findings }
  return name === 'tests' || !run ? gate : { ...gate, run }
}

/** A validation that passed holds as long as nothing changes: asking again spends no attempt. */
function isSame(desk: Desk, known: EventOf<'validation'>, tree: string): boolean {
  const trees = [known.tree, known.after, known.finished?.tree]
  return known.passed && trees.includes(tree) && known.settings === desk.settings.hash
}

async function recorded(desk: Desk, known: EventOf<'validation'>): Promise<Validation> {
  const { finished } = known
  // A crash may have come between the event and what it writes.
  if (finished) await atDesk(desk.call, desk => finishFeature(desk, finished.at))
  const { known: failures = [], screenshots = [] } = known
  const told = { gates: recalledGates(desk, known), known: failures, screenshots }
  return validationAnswer(desk, told, usedNow(desk).attempts, true, undefined)
}

/** The working period has no attempt left: the report for a person says what each of them found. */
async function usedUp(desk: Desk): Promise<Refusal> {
  await atDesk(desk.call, keepReport)
  return new Refusal(
    'attempts_used_up',
    `All ${usedNow(desk).attempts} validation attempts of this working period are used up, so nothing was run.`,
    `${showPerson(desk)} A new period begins ${desk.settings.limits.pauseHours} hours after the last event.`,
  )
}

/** What the workflow writes when a feature is over, the application included where it asks for that. */
async function finishFeature(desk: Desk, at: string): Promise<void> {
  await writing(
    desk,
    reread,
    fresh => fresh.dialect.finishFeature?.(fresh.shelf, fresh.plan, at) ?? [],
  )
}
