import { countOf } from '../../plan/format-list.ts'
import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { ConflictMarkers } from '../conflict-markers.ts'
import { Unreadable } from '../dialect.ts'
import { stringOf, valueOf } from '../json-document.ts'
import { featuresOf, isArchivedPlan } from './features.ts'
import { readPlanFile } from './read.ts'
import { isApproved, isFinishedPlan } from './readiness.ts'
import type { PlanFile } from './plan-file.ts'
import { parseState } from './state-words.ts'
import { stateMarkers } from './states.ts'

/** The plan that is approved or in progress, else the only unfinished one, else the only one. It is never guessed. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const all = featuresOf(reader)
  const present = all.filter(({ dir }) => !isArchivedPlan(dir))
  const plans = (present.length > 0 ? present : all).map(plan => ({
    plan,
    file: fileOf(reader, plan),
  }))
  const unfinished = plans.filter(({ file }) => file === undefined || isUnfinished(file))
  const started = unfinished.filter(({ file }) => file !== undefined && hasStarted(file))
  const [first] = plans
  if (first === undefined) return { none: 'There is no plan in docs/plans.', remedy: WRITE_ONE }
  if (started.length > 0)
    return onlyOrNamed(reader, started, 'the only plan that is approved or in progress')
  if (unfinished.length > 0) return onlyOrNamed(reader, unfinished, 'the only unfinished plan')
  if (plans.length === 1)
    return { found: first.plan, evidence: `${first.plan.dir} is the only plan` }
  return { none: `Every plan is complete (${countOf(plans.length, 'plan')}).`, remedy: WRITE_ONE }
}

interface Found {
  plan: Candidate
  /** `undefined` for an invalid file; reading the plan reports where. */
  file: PlanFile | undefined
}

/** The only plan of `from`, else the one that the git branch names. */
function onlyOrNamed(reader: WorkspaceReader, from: readonly Found[], what: string): ActiveFeature {
  const [first, ...more] = from
  if (first !== undefined && more.length === 0)
    return { found: first.plan, evidence: `${first.plan.dir} is ${what}` }
  const branch = reader.branch()
  const named = branch === undefined ? [] : from.filter(found => isNamedBy(found, branch))
  const [only] = named
  if (only !== undefined && named.length === 1)
    return { found: only.plan, evidence: `git branch ${branch} names ${only.plan.dir}` }
  return { several: from.map(({ plan }) => plan), remedy: NAME_ONE }
}

/** A plan may name its branch itself; otherwise the branch has the name of the plan, with or without its date. */
function isNamedBy({ plan, file }: Found, branch: string): boolean {
  const own = file && stringOf(valueOf(file.root, 'branchName'))
  const name = branch.split('/').at(-1) ?? branch
  return own === branch || plan.id === name || plan.id.replace(DATE, '') === name
}

function isUnfinished(file: PlanFile): boolean {
  const { status, gated, entries } = file
  if (gated && status !== undefined) return !isFinishedPlan(status)
  return entries.some(entry => stateMarkers(file, entry)[0]?.state !== 'done')
}

function hasStarted({ status = '' }: PlanFile): boolean {
  return isApproved(status) || parseState(status) === 'doing'
}

function fileOf(reader: WorkspaceReader, { tasks }: Candidate): PlanFile | undefined {
  try {
    return readPlanFile(reader, tasks)
  } catch (error) {
    if (error instanceof Unreadable || error instanceof ConflictMarkers) return undefined
    throw error
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}-/
const WRITE_ONE = 'Write the next plan as JSON in docs/plans, with its "tasks" and "passes": false.'
const NAME_ONE = 'Name the plan, or check out a git branch with its name.'
