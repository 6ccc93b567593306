import type { Marker, Feature } from '../plan/plan.ts'
import type { Progress } from '../plan/progress.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Call } from './context/call.ts'
import { loadContext, type Context } from './context/context.ts'
import {
  foreignFiles,
  ledgerProblems,
  planProblems,
  type LocatedProblem,
} from './context/problems.ts'
import { progressAt, taskStates } from './context/task-state.ts'
import { toolchainOf, type Toolchain } from './testing/toolchain.ts'

/** A task in `redgreen status --json` and in the resource `progress`. */
export interface TaskOverview {
  id: string
  title: string
  phase: string
  kind: string
  stage: Stage
  claimed: boolean
  waived: boolean
  owed: boolean
  /** The title when the task was proven, if the task asks for something else now. */
  changed: string | null
  parallel: boolean
  files: string[]
  dependsOn: string[]
  acceptance: string[]
  location: { path: string; line: number }
  carriers: Pick<Marker, 'path' | 'line' | 'text' | 'state'>[]
}

/** The status of a feature. A task that is only ticked in the file (`claimed`) is not counted as done. */
export interface Overview {
  /** `evidence` says what decided the dialect and the feature. */
  feature: Feature & { evidence: string }
  progress: Progress
  problems: LocatedProblem[]
  toolchain: Toolchain
  tasks: TaskOverview[]
}

/** Reads the status of a feature. Writes nothing. */
export async function overview(call: Call): Promise<Overview> {
  return overviewOf(await loadContext(call))
}

/** The status of the loaded feature. */
export async function overviewOf(context: Context): Promise<Overview> {
  const states = taskStates(context)
  return {
    feature: { ...context.plan.feature, evidence: context.evidence },
    progress: progressAt(context, states),
    problems: [
      ...planProblems(context),
      ...ledgerProblems(context),
      ...(await foreignFiles(context)),
    ],
    toolchain: toolchainOf(context),
    tasks: context.plan.tasks.map(task => ({
      id: task.id,
      title: task.title,
      phase: task.phase,
      kind: task.kind,
      stage: states.get(task.id)?.stage ?? 'todo',
      claimed: states.get(task.id)?.unverified ?? false,
      waived: states.get(task.id)?.waived ?? false,
      owed: states.get(task.id)?.hasPendingTests ?? false,
      changed: states.get(task.id)?.changed ?? null,
      parallel: task.parallel,
      files: task.files,
      dependsOn: task.dependsOn,
      acceptance: task.acceptance,
      location: task.location,
      carriers: task.markers.map(({ path, line, text, state }) => ({ path, line, text, state })),
    })),
  }
}
