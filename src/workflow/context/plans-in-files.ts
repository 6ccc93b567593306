import type { Candidate, Dialect, WorkspaceReader } from '../../dialects/dialect.ts'
import { featureKey } from '../../dialects/feature-ids.ts'
import { dialects } from '../../dialects/index.ts'
import { folderOwner } from '../../dialects/plan-folders.ts'
import { featuresRecorded } from '../../store/ledger.ts'
import type { State } from '../../store/state.ts'
import { lastWorkedOn } from './last-worked-on.ts'
import { offeredFiles } from './plans-elsewhere.ts'
import { Refusal } from './refusal.ts'

/** A plan in a file that no dialect finds by itself. */
export interface PlanInFile {
  dialect: Dialect
  candidate: Candidate
}

/** The plan in a Markdown file that a caller named by its path, or by the key under which its ledger is kept. */
export function planInFile(reader: WorkspaceReader, named: string): PlanInFile | undefined {
  const below = named.replaceAll('~', '/')
  const paths = named === below ? [named] : [named, below, `.${below}`]
  for (const file of paths) {
    const [found] = dialects.flatMap(dialect => {
      const candidate = dialect.featureInFile?.(reader, file)
      return candidate ? [{ dialect, candidate }] : []
    })
    if (found) return found
  }
  return undefined
}

/**
 * Why a file that a caller named cannot be read as a checklist: the settings name another dialect, or the file is in a folder of one.
 * `undefined` if it can.
 */
export function refusalOfFile(
  { dialect, candidate: { tasks: file } }: PlanInFile,
  configured: string,
  features: readonly Candidate[],
  offered: readonly string[],
): Refusal | undefined {
  if (configured === dialect.name) return undefined
  if (configured !== 'auto') {
    return new Refusal(
      'no_feature',
      `redgreen.config.json names the dialect ${configured}, and ${file} does not belong to it, so it was not read.`,
      'Leave `feature` out to get the active plan. If this file is the plan, ask a human to remove "dialect" there.',
    )
  }
  const owner = folderOwner(file)
  // A caller may name a file that an earlier answer offered.
  if (owner === undefined || offered.includes(file)) return undefined
  const feature = features.find(({ dir }) => file.startsWith(`${dir}/`))
  return new Refusal(
    'no_feature',
    `${file} is in a folder of ${owner.name} plans, so it was not read as a checklist.`,
    feature === undefined
      ? `If this file is the plan, a human runs \`redgreen init ${file}\`.`
      : `Name its feature in the argument \`feature\`: ${feature.dir}.`,
  )
}

function isOwned(reader: WorkspaceReader, file: string): boolean {
  return folderOwner(file) !== undefined && !offeredFiles(reader).includes(file)
}

/** The plan that was worked on last, among those that callers named by their file and began. */
export function begunInFile(reader: WorkspaceReader, state: State): PlanInFile | undefined {
  const begun = featuresRecorded(state).flatMap(key => {
    const plan = planInFile(reader, key)
    if (plan === undefined || isOwned(reader, plan.candidate.tasks)) return []
    return featureKey(plan.candidate) === key ? [plan] : []
  })
  return lastWorkedOn(state, begun)
}
