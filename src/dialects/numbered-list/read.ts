import type { Plan, PlanDocument, Problem } from '../../plan/plan.ts'
import { Unreadable, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { longLineProblems, rowsOf } from '../markdown.ts'
import { planSource, refuseTooMany } from '../task-list/plan-source.ts'
import { planTitle } from '../task-list/plan-title.ts'
import { withGroupTexts } from '../groups-around.ts'
import { blockAllTasks, unclosedBlockProblem } from '../unclosed-block.ts'
import { numberedPlan, type NumberedPlan, type NumberedStyle } from './plan.ts'

/** What a dialect adds to the tasks of a file. */
export interface NumberedFeature {
  dialect: string
  style: NumberedStyle
  /** How to write the first task. */
  remedy: string
  documents: PlanDocument[]
  problems: Problem[]
  /** Adds to the tasks what other documents say about them. */
  complete: (plan: NumberedPlan) => NumberedPlan
}

/** Reads the tasks.md of a feature. */
export function readNumbered(
  reader: WorkspaceReader,
  { id, dir, tasks: path }: Candidate,
  { dialect, style, remedy, documents, problems: own, complete }: NumberedFeature,
): Plan {
  const source = planSource(reader, path, remedy)
  const rows = rowsOf(source)
  const hidden = unclosedBlockProblem(source, rows, path)
  const read = numberedPlan(rows, path, style)
  refuseTooMany(path, read.tasks.length)
  if (read.tasks.length === 0)
    throw new Unreadable(
      path,
      hidden?.line ?? 1,
      hidden?.text ?? `The file has no tasks. ${remedy}`,
    )
  const { tasks, phases, problems } = complete(read)
  return {
    feature: { id, title: titleOf(planTitle(rows)) ?? id, dialect, dir },
    phases,
    tasks: withGroupTexts(tasks),
    documents,
    problems: [
      ...blockAllTasks(hidden, tasks),
      ...longLineProblems(rows, path),
      ...own,
      ...problems,
    ],
  }
}

/** Most files have the same heading, which names no feature. */
function titleOf(title: string | undefined): string | undefined {
  const own = title?.replace(USUAL, '')
  return own === '' ? undefined : own
}

const USUAL = /^(implementation (plan|tasks)|tasks?( document| list)?)\s*([:：—–-]\s*|$)/i
