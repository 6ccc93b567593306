import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { Unreadable } from '../dialect.ts'
import { stringOf, valueOf } from './document.ts'
import { featuresOf, isArchivedPlan } from './features.ts'
import { readPlanFile } from './read.ts'
import { isApproved, isFinishedPlan } from './readiness.ts'
import type { PlanFile } from './plan-file.ts'
import { stateMarkers, parseState } from './states.ts'

/** The approved plan, else the one that is left to do, else the only one; never a guess. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const all = featuresOf(reader)
  const present = all.filter(({ dir }) => !isArchivedPlan(dir))
  const plans = (present.length > 0 ? present : all).map(plan => ({
    plan,
    shape: shape(reader, plan),
  }))
  const left = plans.filter(({ shape }) => shape === undefined || isLeft(shape))
  const begun = left.filter(({ shape }) => shape !== undefined && hasBegun(shape))
  const [first] = plans
  if (first === undefined) return { none: 'There is no plan in docs/plans.', remedy: WRITE_ONE }
  if (begun.length > 0) return chosen(reader, begun, 'the only plan approved or in progress')
  if (left.length > 0) return chosen(reader, left, 'the only unfinished plan')
  if (plans.length === 1)
    return { found: first.plan, evidence: `${first.plan.dir} is the only plan` }
  return { none: `All ${plans.length} plans are complete.`, remedy: WRITE_ONE }
}

interface Found {
  plan: Candidate
  /** `undefined` for a file that is broken; reading it says where. */
  shape: PlanFile | undefined
}

function chosen(reader: WorkspaceReader, from: readonly Found[], what: string): ActiveFeature {
  const [first, ...more] = from
  if (first !== undefined && more.length === 0)
    return { found: first.plan, evidence: `${first.plan.dir} is ${what}` }
  const branch = reader.branch()
  const meant = branch === undefined ? [] : from.filter(found => isNamedBy(found, branch))
  const [only] = meant
  if (only !== undefined && meant.length === 1)
    return { found: only.plan, evidence: `git branch ${branch} names ${only.plan.dir}` }
  return { several: from.map(({ plan }) => plan), remedy: NAME_ONE }
}

/** A plan may name its branch itself; else the branch is called as the plan, with its date or without. */
function isNamedBy({ plan, shape }: Found, branch: string): boolean {
  const own = shape && stringOf(valueOf(shape.root, 'branchName'))
  const name = branch.split('/').at(-1) ?? branch
  return own === branch || plan.id === name || plan.id.replace(DATE, '') === name
}

function isLeft(shape: PlanFile): boolean {
  const { status, gated, entries } = shape
  if (gated && status !== undefined) return !isFinishedPlan(status)
  return entries.some(entry => stateMarkers(shape, entry)[0]?.state !== 'done')
}

function hasBegun({ status = '' }: PlanFile): boolean {
  return isApproved(status) || parseState(status) === 'doing'
}

function shape(reader: WorkspaceReader, { tasks }: Candidate): PlanFile | undefined {
  try {
    return readPlanFile(reader, tasks)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}-/
const WRITE_ONE = 'Write the next plan as JSON in docs/plans, with its "tasks" and "passes": false.'
const NAME_ONE = 'Name the plan, or work on a git branch of its name.'
