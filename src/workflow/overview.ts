import type { Carrier, Feature } from '../plan/plan.ts'
import type { Progress } from '../plan/progress.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Call } from './context/call.ts'
import { lookDesk, type Desk } from './context/context.ts'
import { ledgerProblems, planProblems, type LocatedProblem } from './context/problems.ts'
import { progressAt, standingsOf } from './context/task-state.ts'
import { toolchainOf, type Toolchain } from './testing/toolchain.ts'

/** One task as `redgreen status --json` and the resource `progress` show it. */
export interface TaskOverview {
  id: string
  title: string
  phase: string
  kind: string
  stage: Stage
  claimed: boolean
  waived: boolean
  owed: boolean
  parallel: boolean
  files: string[]
  dependsOn: string[]
  acceptance: string[]
  location: { path: string; line: number }
  carriers: Pick<Carrier, 'path' | 'line' | 'text' | 'state'>[]
}

/** Where a feature stands, claimed and witnessed told apart. */
export interface Overview {
  feature: Feature
  progress: Progress
  problems: LocatedProblem[]
  toolchain: Toolchain
  tasks: TaskOverview[]
}

/** The status of a feature. Writes nothing. */
export async function overview(call: Call): Promise<Overview> {
  return overviewOf(await lookDesk(call))
}

/** The status of the feature on this desk. */
export function overviewOf(desk: Desk): Overview {
  const standings = standingsOf(desk)
  return {
    feature: desk.plan.feature,
    progress: progressAt(desk, standings),
    problems: [...planProblems(desk), ...ledgerProblems(desk)],
    toolchain: toolchainOf(desk),
    tasks: desk.plan.tasks.map(task => ({
      id: task.id,
      title: task.title,
      phase: task.phase,
      kind: task.kind,
      stage: standings.get(task.id)?.stage ?? 'todo',
      claimed: standings.get(task.id)?.claimed ?? false,
      waived: standings.get(task.id)?.waived ?? false,
      owed: standings.get(task.id)?.owed ?? false,
      parallel: task.parallel,
      files: task.files,
      dependsOn: task.dependsOn,
      acceptance: task.acceptance,
      location: task.location,
      carriers: task.carriers.map(({ path, line, text, state }) => ({ path, line, text, state })),
    })),
  }
}
