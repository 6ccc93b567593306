import type { Problem } from '../../plan/plan.ts'
import type { Context } from './context.ts'

export type LocatedProblem = Pick<Problem, 'path' | 'line' | 'text'>

/** The problems that the dialect found in the plan. */
export function planProblems(context: Context): LocatedProblem[] {
  return context.plan.problems.map(({ path, line, text }) => ({ path, line, text }))
}

/** The lines of the ledger that do not verify. */
export function ledgerProblems(context: Pick<Context, 'ledger' | 'workspace'>): LocatedProblem[] {
  return context.ledger.damage.map(({ path, line, text }) => ({
    path: path.slice(context.workspace.root.length + 1),
    line,
    text: `The ledger is broken here: ${text}.`,
  }))
}
