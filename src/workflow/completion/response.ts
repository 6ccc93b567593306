import { runsLeft } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { Stage } from '../../evidence/stage.ts'
import type { Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'
import { clientChannelHint } from '../approval/client-channel.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { type SuiteResult } from './suite.ts'
import { limitsUsed } from '../context/limits.ts'
import { describeUnchecked } from '../checkout/earlier-tests.ts'
import { batchEnd } from '../response/batches.ts'
import { groupsAfter } from '../response/test-groups.ts'
import { runSummary, type RunSummary } from '../testing/run-record.ts'
import { taskDone } from '../response/messages.ts'
import { callFor } from '../response/next-step.ts'
import { phaseReview } from '../approval/phase-review.ts'
import { isFinished, phaseOf, questionFor } from '../context/phases.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'

/** A task that was marked, and what that changed. */
export interface MarkResponse {
  task: string
  stage: Stage
  marked: { path: string; line: number; from: string; to: string }[]
  suite: {
    ran: 'full' | 'feature' | 'none'
    counts: SuiteResult['counts']
    /** How many of the failed ones fail as expected, because their code is still to be written. */
    excused: number
    /** Full runs that are left in this working period, the one for the validation included. */
    runsLeft: number
  } & Partial<RunSummary>
  /** The linter, where the project has one. */
  lint?: RunSummary
  progress: Progress
  phase: { name: string; done: number; total: number; finished: boolean; needsPerson?: string }
  messages: string[]
  next: NextStep
}

/** The answer to a call that was made before: what was recorded then. */
export function repeatedResponse(
  context: Context,
  task: Task,
  done: EventOf<'done'>,
): MarkResponse {
  const suite = context.histories.get(task.id)?.suite
  return markResponse(
    context,
    task,
    done,
    suite && done.suite !== 'none' ? recordedSuite(suite) : undefined,
  )
}

/** What was recorded, as the caller is told. */
export function markResponse(
  context: Context,
  task: Task,
  done: EventOf<'done'>,
  suite?: SuiteResult,
): MarkResponse {
  const progress = progressAt(context)
  const {
    name,
    done: finished,
    total,
  } = progress.phases.find(phase => phase.name === task.phase) ?? {
    name: task.phase,
    done: 0,
    total: 0,
  }
  const [mark] = done.marks
  const needsPerson = questionAfter(context, task)
  return {
    task: task.id,
    stage: 'done',
    marked: done.marks.map(({ path, line, from, to }) => ({ path, line, from, to })),
    suite: {
      ran: done.suite,
      counts: suite?.counts ?? { passed: 0, failed: 0, skipped: 0, errored: 0 },
      excused: suite?.excused ?? 0,
      runsLeft: runsLeft(limitsUsed(context), context.settings.limits),
      ...(suite && runSummary(context, suite.run)),
    },
    ...(done.lint && { lint: runSummary(context, done.lint) }),
    progress,
    phase: {
      name,
      done: finished,
      total,
      finished: finished === total,
      ...(needsPerson !== undefined && { needsPerson }),
    },
    messages: [
      ...taskDone(task, mark?.path ?? task.location.path, mark?.to ?? 'done', progress),
      ...suiteMessages(suite),
      ...describeUnchecked(done.reverified ?? []),
      ...groupsAfter(context, task),
      ...batchEnd(context, task),
      ...(needsPerson !== undefined && finished < total
        ? [
            `The work of this phase is done (${finished}/${total} tasks); a person has to look at it`,
          ]
        : []),
      ...(context.dialect.advice?.(context.reader, context.plan, task).after ?? []),
    ],
    next: nextAfter(context, task, needsPerson),
  }
}

/** A suite that was recorded, as it was seen then. */
export function recordedSuite(suite: EventOf<'suite'>): SuiteResult {
  const { ran, counts, run, hash, tree, turnedGreen, before = [] } = suite
  const excused = counts.failed + counts.errored - before.length
  return { ran, counts, run, proof: hash, tree, excused, turnedGreen, before }
}

function suiteMessages(suite: SuiteResult | undefined): string[] {
  if (!suite) return []
  const green = suite.turnedGreen.map(id => `✓ Owed test now passes: ${id}`)
  const fallback =
    suite.ran === 'feature'
      ? [
          'No full run is left for tasks: the tests of this feature ran instead (a person allows one more with `redgreen allow-run`)',
        ]
      : []
  return [...green, ...before(suite.before), ...fallback]
}

function before(ids: readonly string[]): string[] {
  if (ids.length === 0) return []
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : ''
  return [`! Failed before this feature was begun, and still: ${ids.slice(0, 3).join(', ')}${more}`]
}

/** The question for a person, when this task was the last of its phase. */
function questionAfter(context: Context, task: Task): string | undefined {
  const phase = phaseOf(context.plan, task)
  return phase && isFinished(context, phase) ? questionFor(context, phase) : undefined
}

function nextAfter(context: Context, task: Task, needsPerson: string | undefined): NextStep {
  const phase = phaseOf(context.plan, task)
  if (needsPerson !== undefined && phase) {
    const say = [
      `Ask the person: ${needsPerson} They confirm with \`redgreen confirm-phase\` in a terminal; the next phase waits for that. ${clientChannelHint(context, context.call.frontend.describeStep('next_task'))}`.trimEnd(),
      ...phaseReview(context, phase),
    ].join('\n')
    return { tool: null, arguments: {}, say }
  }
  const { statusOf: status } = scheduleState(context)
  const left = context.plan.tasks.some(({ id }) => {
    const { settled, unverified: claimed, other } = status(id)
    return !(settled || claimed || other)
  })
  const { frontend } = context.call
  if (left) return callFor(frontend, 'next_task', {}, '')
  return callFor(frontend, 'run_validation', {}, 'No task is left.')
}
