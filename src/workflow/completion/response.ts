import { runsLeft } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { Stage } from '../../evidence/stage.ts'
import type { Task } from '../../plan/plan.ts'
import type { Progress } from '../../plan/progress.ts'
import { alsoInClient } from '../approval/client-channel.ts'
import type { Next } from '../context/call.ts'
import type { Desk } from '../context/context.ts'
import { type SuiteSeen } from './suite.ts'
import { usedNow } from '../context/limits.ts'
import { unseenChanges } from '../checkout/earlier-tests.ts'
import { batchEnd } from '../response/batches.ts'
import { groupsAfter } from '../response/test-groups.ts'
import { runToldOf, type RunTold } from '../testing/run-summary.ts'
import { taskDone } from '../response/messages.ts'
import { callFor } from '../response/next-step.ts'
import { lookAt } from '../approval/phase-review.ts'
import { isFinished, phaseOf, questionFor } from '../context/phases.ts'
import { situationOf } from '../context/schedule-state.ts'
import { progressAt } from '../context/task-state.ts'

/** A task that was marked, and what that changed. */
export interface Marked {
  task: string
  stage: Stage
  marked: { path: string; line: number; from: string; to: string }[]
  suite: {
    ran: 'full' | 'feature' | 'none'
    counts: SuiteSeen['counts']
    /** How many of the failed ones fail as expected, because their code is still to be written. */
    excused: number
    /** Full runs that are left in this working period, the one for the validation included. */
    runsLeft: number
  } & Partial<RunTold>
  /** The linter, where the project has one. */
  lint?: RunTold
  progress: Progress
  phase: { name: string; done: number; total: number; finished: boolean; needsPerson?: string }
  messages: string[]
  next: Next
}

/** The answer to a call that was made before: what was recorded then. */
export function repeatAnswer(desk: Desk, task: Task, done: EventOf<'done'>): Marked {
  const suite = desk.histories.get(task.id)?.suite
  return markedAnswer(
    desk,
    task,
    done,
    suite && done.suite !== 'none' ? seenBefore(suite) : undefined,
  )
}

/** What was recorded, as the caller is told. */
export function markedAnswer(
  desk: Desk,
  task: Task,
  done: EventOf<'done'>,
  suite?: SuiteSeen,
): Marked {
  const progress = progressAt(desk)
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
  const needsPerson = questionAfter(desk, task)
  return {
    task: task.id,
    stage: 'done',
    marked: done.marks.map(({ path, line, from, to }) => ({ path, line, from, to })),
    suite: {
      ran: done.suite,
      counts: suite?.counts ?? { passed: 0, failed: 0, skipped: 0, errored: 0 },
      excused: suite?.excused ?? 0,
      runsLeft: runsLeft(usedNow(desk), desk.settings.limits),
      ...(suite && runToldOf(desk, suite.run)),
    },
    ...(done.lint && { lint: runToldOf(desk, done.lint) }),
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
      ...unseenChanges(done.seenAgain ?? []),
      ...groupsAfter(desk, task),
      ...batchEnd(desk, task),
      ...(needsPerson !== undefined && finished < total
        ? [
            `The work of this phase is done (${finished}/${total} tasks); a person has to look at it`,
          ]
        : []),
      ...(desk.dialect.advice?.(desk.shelf, desk.plan, task).after ?? []),
    ],
    next: nextAfter(desk, task, needsPerson),
  }
}

/** A suite that was recorded, as it was seen then. */
export function seenBefore(suite: EventOf<'suite'>): SuiteSeen {
  const { ran, counts, run, hash, tree, turnedGreen, before = [] } = suite
  const excused = counts.failed + counts.errored - before.length
  return { ran, counts, run, proof: hash, tree, excused, turnedGreen, before }
}

function suiteMessages(suite: SuiteSeen | undefined): string[] {
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
function questionAfter(desk: Desk, task: Task): string | undefined {
  const phase = phaseOf(desk.plan, task)
  return phase && isFinished(desk, phase) ? questionFor(desk, phase) : undefined
}

function nextAfter(desk: Desk, task: Task, needsPerson: string | undefined): Next {
  const phase = phaseOf(desk.plan, task)
  if (needsPerson !== undefined && phase) {
    const say = [
      `Ask the person: ${needsPerson} They confirm with \`redgreen confirm-phase\` in a terminal; the next phase waits for that. ${alsoInClient(desk, desk.call.surface.tell('next_task'))}`.trimEnd(),
      ...lookAt(desk, phase),
    ].join('\n')
    return { tool: null, arguments: {}, say }
  }
  const { standing } = situationOf(desk)
  const left = desk.plan.tasks.some(({ id }) => {
    const { settled, claimed, other } = standing(id)
    return !(settled || claimed || other)
  })
  const { surface } = desk.call
  if (left) return callFor(surface, 'next_task', {}, '')
  return callFor(surface, 'run_validation', {}, 'No task is left.')
}
