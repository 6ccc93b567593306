import { attemptsLeft } from '../../evidence/run-limits.ts'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { ready, type ScheduleState } from '../../plan/order.ts'
import type { Plan } from '../../plan/plan.ts'
import { rememberedWithoutMarks } from '../../plan/changed-marks.ts'
import { remembered, rememberedPair } from '../../plan/remembered.ts'
import { openStandards } from '../approval/standards.ts'
import type { Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { phasesToConfirm, questionFor } from '../context/phases.ts'
import { changesSinceAgreed } from '../context/plan-changes.ts'
import { HumanNeeded, Refusal, type Decision } from '../context/refusal.ts'
import { scheduleState } from '../context/schedule-state.ts'
import type { TaskStates } from '../context/task-state.ts'
import { refuseChangedSettings } from '../guards/require-stage.ts'
import { refuseNotApproved } from '../guards/readiness.ts'

/** A decision that the work waits for and that only a human can make. */
export interface HumanWait {
  /** The question or the fact, as a sentence. */
  what: string
  /** The same without what to do about it. */
  fact?: string
  /** The command that asks it. */
  command: string
  decision: Decision
  task?: string
  phase?: string
  standard?: string
}

/** Every decision of a human that something waits for now. */
export function waitsForHuman(context: Context, states: TaskStates): HumanWait[] {
  return [
    ...approvals(context, states),
    ...phasesToConfirm(context, states).map(phase => ({
      what: questionFor(context, phase) ?? '',
      command: 'redgreen confirm-phase',
      decision: { step: 'confirm-phase' as const, phase: phase.name },
      phase: phase.name,
    })),
    ...humanTasks(context, states),
    ...atTheEnd(context, states),
  ]
}

/** One approval covers the plan and the settings, so that only the first reason is listed. */
function approvals(context: Context, states: TaskStates): HumanWait[] {
  const changes = changesSinceAgreed(context).map(({ text }) => text)
  const started = startsOfOpenTasks(states)
  const refusal =
    refusalOf(() => refuseNotApproved(context)) ??
    started.map(start => refusalOf(() => refuseChangedSettings(context, start))).find(Boolean)
  const step = { command: 'redgreen approve', decision: { step: 'approve' as const } }
  if (refusal) return [{ what: refusal.message, fact: refusal.fact, ...step }]
  return changes.length > 0 ? [{ what: `The plan changed: ${changes.join('; ')}.`, ...step }] : []
}

/** The starts of the tasks in progress, in file order. */
const startsOfOpenTasks = remembered((states: TaskStates): EventOf<'start'>[] => {
  const starts: EventOf<'start'>[] = []
  // The states are in file order.
  for (const { stage, waived, history } of states.values())
    if (stage !== 'done' && !waived && history.start) starts.push(history.start)
  return starts
})

/** The refusal, if a human can answer it. */
function refusalOf(guard: () => void): HumanNeeded | undefined {
  try {
    guard()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error instanceof HumanNeeded ? error : undefined
  }
}

function humanTasks(context: Context, states: TaskStates): HumanWait[] {
  // A shortcut, because most plans have no such tasks, and finding ready tasks is slow.
  if (!hasHumanTasks(context.plan)) return []
  return ready(context.plan, scheduleState(context, states)).flatMap(id => {
    const task = context.tasks.get(id)
    if (task?.kind !== 'person') return []
    const command = `redgreen mark-complete ${id}`
    const decision = { step: 'mark-complete' as const, task: id }
    return [{ what: `${id} ${task.title}`, command, decision, task: id }]
  })
}

const hasHumanTasks = rememberedWithoutMarks(({ tasks }: Plan) =>
  tasks.some(({ kind }) => kind === 'person'),
)

/** What a finished feature waits for: standards, and another attempt if the last one failed. */
function atTheEnd(context: Context, states: TaskStates): HumanWait[] {
  if (!isFinished(scheduleState(context, states), context.plan)) return []
  const passed = lastEvent(context.ledger.events, 'validation')?.passed ?? false
  const isSpent = !passed && attemptsLeft(limitsUsed(context), context.settings.limits) === 0
  return [
    ...openStandards(context).map(({ name }) => ({
      what: `Standard without evidence: ${name}`,
      command: 'redgreen confirm-standards',
      decision: { step: 'confirm-standards' as const },
      standard: name,
    })),
    ...(isSpent
      ? [
          {
            what: 'All validation attempts of this working period are used up.',
            command: 'redgreen allow-run',
            decision: { step: 'allow-run' as const },
          },
        ]
      : []),
  ]
}

/** Searches from the end, where open tasks usually are. */
const isFinished = rememberedPair(({ statusOf }: ScheduleState, { tasks }: Plan) => {
  const isOpen = (id: string) => !(statusOf(id).settled || statusOf(id).other)
  return tasks.findLast(({ id }) => isOpen(id)) === undefined
})
