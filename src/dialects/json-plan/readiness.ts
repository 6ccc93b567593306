import type { Plan } from '../../plan/plan.ts'
import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { readPlanFile } from './read.ts'
import { parseState } from './states.ts'

/** Work begins on a plan whose status a person has set to APPROVED. */
export function readinessOf(reader: WorkspaceReader, { feature }: Plan): FeatureReadiness {
  const { path, status, gated } = readPlanFile(reader, feature.dir)
  if (!gated) return { ready: true, evidence: `plans like ${path} carry no approval` }
  if (status === undefined) return refused(`${path} has no "status".`, approve(path))
  const said = `${path} has the status ${JSON.stringify(status)}`
  if (isApproved(status)) return { ready: true, evidence: said }
  if (isFinishedPlan(status)) return refused(`${said}: it is already complete.`, again(path))
  return refused(`${said}, not "APPROVED".`, approve(path))
}

export function isApproved(status: string): boolean {
  return status.trim().toLowerCase() === 'approved'
}

/** Is nothing left to do on a plan with this status? */
export function isFinishedPlan(status: string): boolean {
  return parseState(status) === 'done'
}

function refused(fact: string, remedy: string): FeatureReadiness {
  return { ready: false, fact, remedy, humanDecision: false }
}

function approve(path: string): string {
  return `A person who has read it and agrees sets "status" to "APPROVED" in ${path}.`
}

function again(path: string): string {
  return `Write a new plan for new work; to go on with this one, a person sets "status" to "APPROVED" in ${path}.`
}
