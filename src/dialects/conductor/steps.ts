import type { Edit } from '../../plan/edit.ts'
import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { Timestamp, WorkspaceReader } from '../dialect.ts'
import { markStartedEdits, markDoneEdits } from './marking.ts'
import { metadataEdits, metadataOf } from './metadata.ts'
import { phaseStatusEdits } from './phase-status.ts'
import { flavourIn, registryOf } from './registry.ts'
import { rootOf } from './roots.ts'
import { trackEdits, trackFor } from './track-edits.ts'
import type { WritableStatus } from './status-text.ts'

/** The edits that mark component, registry entry and phase as in progress; in a registry of boxes also the task itself. */
export function startEdits(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[] {
  const phase = plan.phases.find(({ tasks }) => tasks.includes(task.id))
  const marksTasks = flavourIn(reader, rootOf(plan.feature.dir)) === 'registry'
  return [
    ...(marksTasks ? markStartedEdits(plan, task) : []),
    ...(phase ? phaseStatusEdits(reader, plan, phase, 'in progress') : []),
    ...componentEdits(reader, plan, 'in progress', at),
  ]
}

/** The edits that mark a task done. No commit id is added, because the server does not commit. */
export function finishEdits(
  reader: WorkspaceReader,
  plan: Plan,
  task: Task,
  at: Timestamp,
): Edit[] {
  const marks = markDoneEdits(plan, task)
  // A task that is already marked keeps its date.
  return marks.length === 0 ? [] : [...marks, ...componentEdits(reader, plan, undefined, at)]
}

/** The edits that complete a phase and its manual verification. A checkpoint needs a commit, so none is written. */
export function finishPhaseEdits(
  reader: WorkspaceReader,
  plan: Plan,
  phase: Phase,
  at: Timestamp,
): Edit[] {
  // Confirming the phase covers every task of it that is for a human.
  const humanTasks = plan.tasks.filter(
    ({ id, kind }) => phase.tasks.includes(id) && kind === 'person',
  )
  const edits = [
    ...humanTasks.flatMap(task => markDoneEdits(plan, task)),
    ...phaseStatusEdits(reader, plan, phase, 'completed'),
  ]
  return edits.length === 0 ? [] : [...edits, ...componentEdits(reader, plan, undefined, at)]
}

/** The edits that mark the component or track as completed. */
export function finishFeatureEdits(reader: WorkspaceReader, plan: Plan, at: Timestamp): Edit[] {
  return componentEdits(reader, plan, 'completed', at)
}

/** The line of the registry that marks the component or track as completed. */
export function completionLocation(
  reader: WorkspaceReader,
  { feature: { dir } }: Plan,
): { path: string; line: number } | undefined {
  const registry = registryOf(reader, rootOf(dir))
  const track = registry && trackFor(reader, registry, dir)
  return track?.state === 'done' ? { path: track.path, line: track.line } : undefined
}

function componentEdits(
  reader: WorkspaceReader,
  plan: Plan,
  status: WritableStatus | undefined,
  at: Timestamp,
): Edit[] {
  const { dir } = plan.feature
  const registry = registryOf(reader, rootOf(dir))
  const track = registry && trackFor(reader, registry, dir)
  return [
    ...metadataEdits(metadataOf(reader, dir), status, at),
    ...(registry && track ? trackEdits(registry, track, status, at) : []),
  ]
}
