import { existsSync } from 'node:fs'
import type { Marker, Task } from '../plan/plan.ts'
import {
  isHookStateCurrent,
  writeHookStateFile,
  type FeatureHookState,
  type HookStateUpdate,
  type OpenTask,
} from '../store/hook-state-file.ts'
import { waitsForHuman } from './human/waiting.ts'
import type { Call } from './context/call.ts'
import type { Context } from './context/context.ts'
import { contextAfterStep, unchangedContext } from './context/latest-context.ts'
import { holderTag } from './context/record.ts'
import { scheduleState } from './context/schedule-state.ts'
import { leasedTasks } from './context/task-holder.ts'
import { taskStates, type TaskStates } from './context/task-state.ts'
import type { TaskState } from './context/evidence-state.ts'
import { nextFor } from './response/next-step.ts'

/**
 * Writes the state of the work for `redgreen hook`, after a step that may have changed it. Errors are ignored, because the step has already
 * succeeded: the hook then works with an older state or none.
 */
export async function writeHookState(call: Call): Promise<void> {
  try {
    const unchanged = unchangedContext(call)
    if (unchanged && isHookStateCurrent(unchanged.state, hookStateUpdate(unchanged))) return
    const context = await contextAfterStep(call)
    if (existsSync(context.state.folder))
      writeHookStateFile(context.state, hookStateUpdate(context))
  } catch {
    // See above.
  }
}

/** Replaces the state of this feature and keeps that of the others. */
function hookStateUpdate(context: Context): HookStateUpdate {
  const own = featureHookState(context)
  const denyFrozen = context.settings.hooks.frozen === 'deny'
  return known => ({
    format: 1,
    denyFrozen,
    features: { ...known?.features, [context.key]: own },
  })
}

/** The state of one feature, as the hook reads it. */
export function featureHookState(context: Context): FeatureHookState {
  const states = taskStates(context)
  const { ledger } = context
  const held = leasedTasks(context)
  const open = held.flatMap(task => openTask(context, task, states.get(task.id)) ?? [])
  const isHalted = scheduleState(context, states).halted !== undefined
  return {
    head: ledger.events.at(-1)?.hash ?? '',
    open,
    frozen: held.flatMap(({ id }) => frozenFiles(id, states.get(id))),
    marks: openMarks(context, states),
    waits: isHalted || waitsForHuman(context, states).length > 0,
    next: open.length > 0 ? null : nextTask(context, states),
  }
}

function openTask(context: Context, task: Task, state?: TaskState): OpenTask | undefined {
  if (!state?.lease || !state.history.start || state.stage === 'done') return undefined
  const { host, pid } = state.lease.holder
  const holder = holderTag(state.lease.holder)
  const next = nextFor(context, task, state.stage).say
  return { task: task.id, stage: state.stage, host, pid, holder, failed: state.failed, next }
}

function frozenFiles(task: string, state?: TaskState): FeatureHookState['frozen'] {
  if (!state?.lease || (state.stage !== 'red' && state.stage !== 'green')) return []
  return Object.keys(state.history.red?.files ?? {}).map(file => ({ file, task }))
}

/** Plans with more open tasks than this are not watched, so that the file stays small. */
const MAX_MARKS = 1000

function openMarks(context: Context, states: TaskStates): FeatureHookState['marks'] {
  const known = cache.get(states)
  if (known?.planTexts === context.planTexts) return known.marks
  const marks = openMarkLines(context, states)
  cache.set(states, { planTexts: context.planTexts, marks })
  return marks
}

/** The marks depend only on the states of the tasks and on the texts of the plan. */
const cache = new WeakMap<
  TaskStates,
  { planTexts: Context['planTexts']; marks: FeatureHookState['marks'] }
>()

function openMarkLines(context: Context, states: TaskStates): FeatureHookState['marks'] {
  const lines = new Map<string, Set<string>>()
  for (const marker of openMarkers(context, states)) {
    const known = lines.get(marker.path) ?? new Set()
    lines.set(marker.path, known.add(lineWith(marker, textOf(context, marker.path))))
  }
  return [...lines].map(([file, own]) => ({ file, lines: [...own] }))
}

function openMarkers({ plan }: Context, states: TaskStates): Marker[] {
  const markers: Marker[] = []
  for (const task of plan.tasks) {
    if (states.get(task.id)?.stage !== 'done') markers.push(...task.markers)
    if (markers.length >= MAX_MARKS) break
  }
  return markers.slice(0, MAX_MARKS)
}

function textOf({ planTexts, reader }: Context, file: string): string {
  return planTexts.get(file) ?? reader.read(file) ?? ''
}

/** The line that a marker is on, in the text that the plan was read from. */
function lineWith({ start }: Marker, text: string): string {
  const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
  const end = text.indexOf('\n', start)
  return text.slice(from, end < 0 ? text.length : end).trim()
}

function nextTask({ call, plan }: Context, states: TaskStates): string | null {
  // From the end, where open tasks are.
  const left = plan.tasks.findLast(({ id }) => {
    const state = states.get(id)
    return state?.stage !== 'done' && !state?.waived
  })
  const step = call.frontend.describeStep(left ? 'next_task' : 'run_validation')
  return `${step.charAt(0).toUpperCase()}${step.slice(1)}.`
}
