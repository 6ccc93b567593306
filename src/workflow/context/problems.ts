import type { Problem } from '../../plan/plan.ts'
import type { Desk } from './context.ts'

export type LocatedProblem = Pick<Problem, 'path' | 'line' | 'text'>

/** What is wrong with the plan. */
export function planProblems(desk: Desk): LocatedProblem[] {
  return desk.plan.problems.map(({ path, line, text }) => ({ path, line, text }))
}

/** Places where a chain does not hold. */
export function ledgerProblems(desk: Desk): LocatedProblem[] {
  return desk.ledger.damage.map(({ path, line, text }) => ({
    path: path.slice(desk.workspace.root.length + 1),
    line,
    text: `The ledger is broken here: ${text}.`,
  }))
}
