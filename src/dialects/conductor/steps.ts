import type { Edit } from '../../plan/edit.ts'
import type { Phase, Plan, Task } from '../../plan/plan.ts'
import type { Moment, Shelf } from '../dialect.ts'
import { begin, tick } from './marking.ts'
import { metadataEdits, metadataOf } from './metadata.ts'
import { phaseEdits } from './phase-status.ts'
import { flavourIn, registryOf } from './registry.ts'
import { rootOf } from './roots.ts'
import { trackEdits, trackFor } from './tracks.ts'
import type { Written } from './words.ts'

/** Component, row and phase are in progress; the task itself only where the workflow marks tasks so. */
export function startEdits(shelf: Shelf, plan: Plan, task: Task, at: Moment): Edit[] {
  const phase = plan.phases.find(({ tasks }) => tasks.includes(task.id))
  const marksTasks = flavourIn(shelf, rootOf(plan.feature.dir)) === 'registry'
  return [
    ...(marksTasks ? begin(plan, task) : []),
    ...(phase ? phaseEdits(shelf, plan, phase, 'in progress') : []),
    ...componentEdits(shelf, plan, 'in progress', at),
  ]
}

/** The marks, never with a commit behind them: the server makes none. */
export function finishEdits(shelf: Shelf, plan: Plan, task: Task, at: Moment): Edit[] {
  const marks = tick(plan, task)
  // What is marked already was dated then.
  return marks.length === 0 ? [] : [...marks, ...componentEdits(shelf, plan, undefined, at)]
}

/** The phase is over, and its manual verification with it. A checkpoint needs a commit, so none is written. */
export function finishPhaseEdits(shelf: Shelf, plan: Plan, phase: Phase, at: Moment): Edit[] {
  // Who confirms the phase has looked at all that a person has to look at in it.
  const looked = plan.tasks.filter(({ id, kind }) => phase.tasks.includes(id) && kind === 'person')
  const edits = [
    ...looked.flatMap(task => tick(plan, task)),
    ...phaseEdits(shelf, plan, phase, 'completed'),
  ]
  return edits.length === 0 ? [] : [...edits, ...componentEdits(shelf, plan, undefined, at)]
}

export function finishFeatureEdits(shelf: Shelf, plan: Plan, at: Moment): Edit[] {
  return componentEdits(shelf, plan, 'completed', at)
}

/** The line of the registry that says that the component is over. */
export function saysFinished(
  shelf: Shelf,
  { feature: { dir } }: Plan,
): { path: string; line: number } | undefined {
  const registry = registryOf(shelf, rootOf(dir))
  const track = registry && trackFor(shelf, registry, dir)
  return track?.state === 'done' ? { path: track.path, line: track.line } : undefined
}

function componentEdits(shelf: Shelf, plan: Plan, status: Written | undefined, at: Moment): Edit[] {
  const { dir } = plan.feature
  const registry = registryOf(shelf, rootOf(dir))
  const track = registry && trackFor(shelf, registry, dir)
  return [
    ...metadataEdits(metadataOf(shelf, dir), status, at),
    ...(registry && track ? trackEdits(registry, track, status, at) : []),
  ]
}
