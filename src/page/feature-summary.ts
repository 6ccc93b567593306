import type { Context } from '../workflow/context/context.ts'
import { scheduleState } from '../workflow/context/schedule-state.ts'
import { holderLabel, taskHolder } from '../workflow/context/task-holder.ts'
import { progressAt, taskStates, type TaskStates } from '../workflow/context/task-state.ts'
import { waitsForHuman, type HumanWait } from '../workflow/human/waiting.ts'
import { rememberHolders } from './holder-names.ts'
import type { FeatureSummary, Wait, Working } from './wire.ts'

export const NOTHING = {
  isActive: false,
  dialect: '',
  progress: null,
  halted: null,
  waits: [],
  working: [],
  at: null,
} satisfies Partial<FeatureSummary>

export function summaryOf(context: Context): FeatureSummary {
  const { key, plan, ledger } = context
  rememberHolders(context)
  const states = taskStates(context)
  const { done, total } = progressAt(context, states)
  const { id, title, dialect } = plan.feature
  return {
    ...NOTHING,
    key,
    id,
    title,
    dialect,
    problem: null,
    progress: { done, total },
    halted: scheduleState(context, states).halted?.task ?? null,
    waits: merged(waitsForHuman(context, states)),
    working: workingOn(context, states),
    at: ledger.events.at(-1)?.at ?? null,
  }
}

/** One entry for each decision: several standards are confirmed together. */
function merged(waits: readonly HumanWait[]): Wait[] {
  const byDecision = new Map<string, Wait>()
  for (const { what, fact = what, command, decision, standard } of waits) {
    const key = JSON.stringify(decision)
    const known = byDecision.get(key)
    byDecision.set(key, {
      what: known ? `${known.what}; ${fact}` : fact,
      command,
      decision,
      standards: [...(known?.standards ?? []), ...(standard === undefined ? [] : [standard])],
    })
  }
  return [...byDecision.values()]
}

function workingOn(context: Context, states: TaskStates): Working[] {
  return context.plan.tasks.flatMap(({ id, title }) => {
    const state = states.get(id)
    const holder = state?.lease && taskHolder(context, id)
    if (!holder || holder.finished || !state || state.stage === 'done') return []
    return [
      { task: id, title, stage: state.stage, holder: holderLabel(holder), since: holder.since },
    ]
  })
}
