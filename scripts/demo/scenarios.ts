import { conductor } from './scenarios/conductor.ts'
import { jsonPlan } from './scenarios/json-plan.ts'
import { specKit } from './scenarios/spec-kit.ts'
import { specflow } from './scenarios/specflow.ts'
import { storageConductor } from './scenarios/storage-conductor.ts'
import type { Play } from './scenario.ts'

const plays: readonly Play[] = [specKit, specflow, jsonPlan, storageConductor, conductor]

/** The names that `--dialect` knows. */
export const names = plays.map(({ example }) => example)

export function playOf(name: string): Play | undefined {
  return plays.find(({ example }) => example === name)
}
