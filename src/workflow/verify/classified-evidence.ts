import { isDropped } from '../../plan/dropped-task.ts'
import { proofOf } from '../../evidence/chains.ts'
import { testsChangedAfterCode } from '../../evidence/changed-tests.ts'
import { lastEvent, type Event, type EventOf } from '../../evidence/event.ts'
import { EVIDENCE_CLASSES, type EvidenceClass } from '../../evidence/evidence-class.ts'
import { mutationShare } from '../../evidence/mutation-share.ts'
import { isSettingsCommand } from '../../evidence/proof-strength.ts'
import type { Context } from '../context/context.ts'
import { changesSinceStart } from '../context/plan-changes.ts'
import type { TaskStates } from '../context/task-state.ts'
import { remarkedTasks } from '../response/code-remarks.ts'
import { refactoringsIn } from '../response/refactored-code.ts'
import { stoppedIn } from '../response/stopped-tests.ts'
import { changedConfiguration } from './changed-configuration.ts'
import type { Classified, EvidenceGroup } from './evidence-group.ts'

/** What the evidence of a feature consists of. To add a source of classes, add a line here. */
export function classifyEvidence(context: Context, states: TaskStates): Classified[] {
  const { events } = context.ledger
  return [
    ...unprovenTasks(context, states),
    ...waivers(events, states),
    ...proofs(context, states),
    ...changedTests(events),
    ...refactorings(context),
    ...mutationChecks(context),
    ...codeRemarks(context),
    ...stoppedIn(events).map(({ id }): Classified => ({ class: 'tests-stopped', name: id })),
    ...planChanges(context),
    ...changedConfiguration(events),
    ...declarations(context),
  ]
}

/** The members by class, weakest class first, each name once. */
export function groupEvidence(all: readonly Classified[]): EvidenceGroup[] {
  return EVIDENCE_CLASSES.flatMap(name => {
    const own = all.filter(one => one.class === name)
    const members = [...new Map(own.map(one => [one.name, one])).values()]
    return members.length > 0 ? [{ class: name, count: members.length, members }] : []
  })
}

/** Its tests could not be loaded, so the server did not see them fail for the missing behaviour. */
export function isLoadFailure(red: EventOf<'red'>): boolean {
  return red.loadFailure || red.loadErrors.length > 0
}

function classified(name: EvidenceClass, task: string, detail = ''): Classified {
  return { class: name, task, name: detail === '' ? task : `${task} (${detail})` }
}

function unprovenTasks({ ledger }: Context, states: TaskStates): Classified[] {
  // Marks from before the first step with this server need no evidence.
  if (ledger.events.length === 0) return []
  return [...states].flatMap(([id, { unverified, waived }]) =>
    unverified && !waived ? [classified('unproven', id)] : [],
  )
}

function waivers(events: readonly Event[], states: TaskStates): Classified[] {
  return [
    ...[...states].flatMap(([id, { waived }]) => (waived ? [classified('waived', id)] : [])),
    ...events.flatMap((event): Classified[] => {
      if (event.kind === 'gotcha-waived')
        return [{ class: 'waived', name: `gotcha "${event.gotcha}"` }]
      if (event.kind === 'test-retired')
        return [{ class: 'waived', task: event.task, name: `test "${event.test}"` }]
      const isStandard = event.kind === 'standard-confirmed' && event.waived !== undefined
      return isStandard ? [{ class: 'waived', name: `standard "${event.standard}"` }] : []
    }),
  ]
}

function proofs(context: Context, states: TaskStates): Classified[] {
  return [...states].flatMap(([id, { stage, waived, history }]) => {
    if (stage !== 'done' || waived || !history.done) return []
    return classesOf(context.ledger.events, history.done).map(name => classified(name, id))
  })
}

/** What proves a finished task: each weakness of the proof, or else the regular class of its kind. */
function classesOf(events: readonly Event[], done: EventOf<'done'>): EvidenceClass[] {
  const proof = proofOf(events, done)
  const red = lastEvent(proof, 'red')
  const runs = [red?.run, lastEvent(proof, 'green')?.run].filter(run => run !== undefined)
  const weak: (EvidenceClass | false)[] = [
    done.confirmedBy !== undefined && 'human',
    red?.checkout === 'late' && 'late',
    red !== undefined && isLoadFailure(red) && 'load-failure',
    runs.some(run => run.exitCodeOnly) && 'exit-code',
    runs.some(isSettingsCommand) && 'settings-command',
  ]
  const found = weak.filter(name => name !== false)
  const { provenAs } = done
  const regular = provenAs === 'check' || provenAs === 'refactor' ? provenAs : 'assertion'
  return found.length > 0 ? found : [regular]
}

function mutationChecks({ histories }: Context): Classified[] {
  const { weak, notChecked } = mutationShare(histories)
  return [
    ...weak.map(task => classified('weak-tests', task)),
    ...notChecked.map(task => classified('no-mutation-check', task)),
  ]
}

/** What the mutation check read in the code of tasks. */
function codeRemarks(context: Context): Classified[] {
  return remarkedTasks(context).flatMap(({ task, testAware = [], unwritten = [] }) => [
    ...testAware.map(({ file, line }) => classified('test-aware-code', task, `${file}:${line}`)),
    ...unwritten.map(name => classified('unwritten-code', task, name)),
  ])
}

/** What refactorings changed besides code that earlier tests cover. */
function refactorings(context: Context): Classified[] {
  return refactoringsIn(context).flatMap(({ task, refactoring: { code, tests = [] } }) => [
    ...code.flatMap(({ unseen = [] }) => unseen.map(name => classified('unseen-code', task, name))),
    ...tests.map(file => classified('tests-changed', task, file)),
  ])
}

/** Tests that changed after the code of their task was written. They failed on the earlier sources, or could not be run there. */
function changedTests(events: readonly Event[]): Classified[] {
  const reds = events.filter(event => event.kind === 'red')
  const taskOf = new Map(reds.map(red => [red.hash, red.task]))
  const reverified = events.flatMap(event =>
    event.kind === 'done' || event.kind === 'validation' ? (event.reverified ?? []) : [],
  )
  const superseded = lastEvent(events, 'validation')?.superseded ?? []
  return [
    ...testsChangedAfterCode(events).map(({ task }) => classified('tests-changed', task)),
    ...reverified.flatMap(({ red, file, how, added }) => {
      // A later task that adds tests to the file of an earlier one changes none of its tests.
      if (how === 'fails' && added) return []
      const name = how === 'fails' ? 'tests-changed' : 'not-reverified'
      return [classified(name, taskOf.get(red) ?? '?', file)]
    }),
    ...superseded.map(({ task, id }) => classified('superseded', task, id)),
  ]
}

function planChanges(context: Context): Classified[] {
  return changesSinceStart(context).map(({ task, text }) =>
    task === undefined ? { class: 'plan-changed', name: text } : classified('plan-changed', task),
  )
}

function declarations({ plan }: Context): Classified[] {
  return plan.tasks.flatMap(({ id, markers, kindReason }) => [
    ...(isDropped({ markers }) ? [classified('dropped', id)] : []),
    ...(kindReason.includes('settings') ? [classified('settings-kind', id)] : []),
  ])
}
