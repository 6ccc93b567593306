import { backlog } from './scenarios/backlog.ts'
import { bmad } from './scenarios/bmad.ts'
import { checklist } from './scenarios/checklist.ts'
import { conductor } from './scenarios/conductor.ts'
import { jsonPlan } from './scenarios/json-plan.ts'
import { kiro } from './scenarios/kiro.ts'
import { openspec } from './scenarios/openspec.ts'
import { specKit } from './scenarios/spec-kit.ts'
import { specWorkflow } from './scenarios/spec-workflow.ts'
import { specflow } from './scenarios/specflow.ts'
import { storageConductor } from './scenarios/storage-conductor.ts'
import { taskMaster } from './scenarios/task-master.ts'
import { trae } from './scenarios/trae.ts'
import type { Scenario } from './scenario.ts'

const scenarios: readonly Scenario[] = [
  specKit,
  openspec,
  kiro,
  specWorkflow,
  trae,
  taskMaster,
  backlog,
  bmad,
  specflow,
  jsonPlan,
  storageConductor,
  conductor,
  checklist,
]

/** The names that `--dialect` accepts. */
export const names = scenarios.map(({ example }) => example)

export function scenarioNamed(name: string): Scenario | undefined {
  return scenarios.find(({ example }) => example === name)
}
