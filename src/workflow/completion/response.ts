import { runsLeft } from '../../evidence/run-limits.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Stage } from '../../evidence/stage.ts'
import { countOf, formatList, limitLines } from '../../plan/format-list.ts'
import { oneLine } from '../../runner/safe-text.ts'
import type { Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'
import { describeUnchecked } from '../checkout/earlier-tests.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { progressAt } from '../context/task-state.ts'
import { batchEnd } from '../response/batches.ts'
import { codeRemarkLines } from '../response/code-remarks.ts'
import { changedTestLines } from '../response/changed-tests.ts'
import { phaseDone } from '../response/messages.ts'
import { refactoringLines } from '../response/refactored-code.ts'
import { repeatedNote } from '../response/repeated.ts'
import { describeStopped } from '../response/stopped-tests.ts'
import { proofStrengthLines } from '../response/proof-strength.ts'
import { groupsAfter } from '../response/test-groups.ts'
import { describeConfigurationChangedDuringTask } from '../testing/check-configuration.ts'
import { runSummary, type RunSummary } from '../testing/run-record.ts'
import { describeUnread } from '../testing/suite-runners.ts'
import type { SuiteResult } from './suite.ts'
import { questionAfter, nextAfter } from './after-mark.ts'
import { recordedSuite, suiteOfRefactoring } from './suite-result.ts'

/** The answer for a task that was marked. */
export interface MarkResponse {
  task: string
  stage: Stage
  marked: { path: string; line: number; from: string; to: string }[]
  suite: {
    ran: 'full' | 'feature' | 'none'
    counts: SuiteResult['counts']
    /** The number of failures that are expected because their code is not written yet, if there are any. */
    excused?: number
    /** Full runs that are left in this working period, including the one reserved for the validation. */
    runsLeft: number
    /** URI of the output, if a test failed that is not expected to. */
    log?: string
  }
  /** The linter, if the project has one. */
  lint?: CheckSummary
  /** The type checker, if code changed and the project has one. */
  types?: CheckSummary
  /** Of the phases, only that of the task. */
  progress: Progress
  phase: { name: string; done: number; total: number; finished: boolean; needsPerson?: string }
  messages: string[]
  /** An earlier call marked the task, and nothing was run now. */
  repeated?: true
  next: NextStep
}

/** A check that accepts the task. What it printed is shown only if it found something, such as findings from before the feature. */
type CheckSummary = Pick<RunSummary, 'exitCode'> & Partial<RunSummary>

/** The answer if the task is done already: what was recorded when it was marked. */
export function repeatedResponse(
  context: Context,
  task: Task,
  done: EventOf<'done'>,
  refactor?: string,
): MarkResponse {
  const { suite, green } = context.histories.get(task.id) ?? {}
  const recorded = suite ? recordedSuite(suite) : suiteOfRefactoring(green)
  const response = markResponse(context, task, done, done.suite === 'none' ? undefined : recorded)
  const isIgnored = refactor !== undefined && refactor !== done.refactor
  const messages = [
    repeatedNote(done, `${task.id} has been done since`),
    ...(isIgnored ? ['`refactor` was ignored: it is recorded when the task is marked.'] : []),
    ...response.messages,
  ]
  return { ...response, repeated: true, messages }
}

/** The answer for a task whose `done` event was recorded. */
export function markResponse(
  context: Context,
  task: Task,
  done: EventOf<'done'>,
  suite?: SuiteResult,
): MarkResponse {
  const progress = progressAt(context)
  const phase = progress.phases.find(({ name }) => name === task.phase)
  const { name, done: doneTasks, total } = phase ?? { name: task.phase, done: 0, total: 0 }
  const needsPerson = questionAfter(context, task)
  return {
    task: task.id,
    stage: 'done',
    marked: done.marks.map(({ path, line, from, to }) => ({ path, line, from, to })),
    suite: {
      ran: done.suite,
      counts: suite?.counts ?? { passed: 0, failed: 0, skipped: 0, errored: 0 },
      ...(suite && suite.excused > 0 && { excused: suite.excused }),
      runsLeft: runsLeft(limitsUsed(context), context.settings.limits),
      ...(suite && suite.before.length > 0 && { log: runSummary(context, suite.run).log }),
    },
    ...(done.lint && { lint: checkSummary(context, done.lint) }),
    ...(done.types && { types: checkSummary(context, done.types) }),
    progress: { ...progress, phases: phase ? [phase] : [] },
    phase: {
      name,
      done: doneTasks,
      total,
      finished: doneTasks === total,
      ...(needsPerson !== undefined && { needsPerson }),
    },
    messages: [
      ...phaseDone(task, progress),
      ...suiteMessages(suite),
      ...(suite ? describeUnread(context) : []),
      ...(done.findings ?? []).map(
        ({ judge, count, first }) =>
          `! ${judge === 'lint' ? 'Linter' : 'Type checker'}: ${countOf(count, 'finding')} from before this feature, not counted (first in ${oneLine(first)})`,
      ),
      ...(context.coordinator.clone === undefined
        ? []
        : ['Commit, and push this branch: other clones wait for the code of this task.']),
      ...describeUnchecked(done.reverified ?? []),
      ...describeStopped(done.stopped ?? []),
      ...changedConfigurationOf(context, task, done),
      ...changedTestLines(context, task.id),
      ...refactoringLines(context, task.id),
      ...codeRemarkLines(context, task.id),
      ...proofStrengthLines(context, task.id),
      ...groupsAfter(context, task),
      ...batchEnd(context, task),
      ...(needsPerson !== undefined && doneTasks < total
        ? [`The work of this phase is done (${doneTasks}/${total} tasks). A human must review it`]
        : []),
      ...(context.dialect.advice?.(context.reader, context.plan, task).after ?? []),
    ],
    next: nextAfter(context, task, needsPerson),
  }
}

function checkSummary(context: Context, run: RunRecord): CheckSummary {
  return run.exitCode === 0 ? { exitCode: 0 } : runSummary(context, run)
}

function changedConfigurationOf(context: Context, task: Task, done: EventOf<'done'>): string[] {
  const start = context.histories.get(task.id)?.start
  return start ? describeConfigurationChangedDuringTask(context, start, done) : []
}

function suiteMessages(suite: SuiteResult | undefined): string[] {
  if (!suite) return []
  return [
    ...(suite.isRecorded
      ? ['The suite was not run again: an earlier call ran it on exactly these files.']
      : []),
    ...limitLines(
      suite.turnedGreen.map(id => `✓ Pending test now passes: ${id}`),
      MAX_TURNED_GREEN,
    ),
    ...(suite.before.length > 0
      ? [`! Failed before this feature was started, and still: ${formatList(suite.before, 3)}`]
      : []),
    ...(suite.ran === 'feature'
      ? [
          'No full run is left for tasks, so only the tests of this feature ran. A human can allow one more with `redgreen allow-run`',
        ]
      : []),
  ]
}

const MAX_TURNED_GREEN = 10
