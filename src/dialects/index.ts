import { backlog } from './backlog/backlog.ts'
import { bmad } from './bmad/bmad.ts'
import { checklist } from './checklist/checklist.ts'
import { conductor } from './conductor/conductor.ts'
import type { Dialect } from './dialect.ts'
import { jsonPlan } from './json-plan/json-plan.ts'
import { kiro } from './kiro/kiro.ts'
import { openspec } from './openspec/openspec.ts'
import { specKit } from './spec-kit/spec-kit.ts'
import { specWorkflow } from './spec-workflow/spec-workflow.ts'
import { specflow } from './specflow/specflow.ts'
import { taskMaster } from './task-master/task-master.ts'
import { trae } from './trae/trae.ts'

/** Every dialect, the one of the first example first. */
export const dialects: readonly Dialect[] = [
  specKit,
  openspec,
  kiro,
  specWorkflow,
  trae,
  taskMaster,
  backlog,
  bmad,
  specflow,
  conductor,
  jsonPlan,
  checklist,
]
