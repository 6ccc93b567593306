import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { readPlanFile } from './read.ts'
import { parseState } from './state-words.ts'

/** Work may begin on a plan whose status a human has set to APPROVED. */
export function readinessOf(reader: WorkspaceReader, { feature }: Plan): FeatureReadiness {
  const { path, status, gated } = readPlanFile(reader, feature.dir)
  if (!gated) return { ready: true, evidence: `plans such as ${path} have no approval` }
  if (status === undefined) return refused(`${path} has no "status".`, approve(path))
  const fact = `${path} has the status ${JSON.stringify(status)}`
  if (isApproved(status)) return { ready: true, evidence: fact }
  if (isFinishedPlan(status)) return refused(`${fact}: it is already complete.`, resume(path))
  return refused(`${fact}, not "APPROVED".`, approve(path))
}

export function isApproved(status: string): boolean {
  return status.trim().toLowerCase() === 'approved'
}

/** Does this status mean that the plan is finished? */
export function isFinishedPlan(status: string): boolean {
  return parseState(status) === 'done'
}

function refused(fact: string, remedy: string): FeatureReadiness {
  return { ready: false, fact, remedy, humanDecision: false }
}

function approve(path: string): string {
  return `Ask a human to read the plan and to set "status" to "APPROVED" in ${path}.`
}

function resume(path: string): string {
  return `Write a new plan for new work. To continue this one, ask a human to set "status" to "APPROVED" in ${path}.`
}
