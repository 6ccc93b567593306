import type { TaskOverview } from '../workflow/overview.ts'
import { holderLabel } from '../workflow/context/task-holder.ts'
import type { TaskRow } from './wire.ts'

/** A task as a line of the plan. */
export function taskRow(task: TaskOverview, isReady: boolean): TaskRow {
  const { id, title, phase, kind, stage, claimed, waived, owed, failed, parallel } = task
  const { error, changed, holder, dependsOn, location, optional = false } = task
  return {
    id,
    title,
    phase,
    kind,
    stage,
    isReady,
    claimed,
    waived,
    owed,
    failed,
    optional,
    parallel,
    error,
    changed,
    holder: holder && { name: holderLabel(holder), since: holder.since },
    dependsOn,
    location: `${location.path}:${location.line}`,
  }
}
