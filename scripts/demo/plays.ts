import { conductor } from './acts/conductor.ts'
import { jsonPlan } from './acts/json-plan.ts'
import { specKit } from './acts/spec-kit.ts'
import { specflow } from './acts/specflow.ts'
import { storageConductor } from './acts/storage-conductor.ts'
import type { Play } from './play.ts'

const plays: readonly Play[] = [specKit, specflow, jsonPlan, storageConductor, conductor]

/** The names that `--dialect` knows. */
export const names = plays.map(({ example }) => example)

export function playOf(name: string): Play | undefined {
  return plays.find(({ example }) => example === name)
}
