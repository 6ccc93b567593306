import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Problem } from '../../plan/plan.ts'
import { trackedLocalFiles } from '../../store/tracked-files.ts'
import type { Context } from './context.ts'

export type LocatedProblem = Pick<Problem, 'path' | 'line' | 'text'>

/** The problems that the dialect found in the plan. */
export function planProblems(context: Context): LocatedProblem[] {
  return context.plan.problems.map(({ path, line, text }) => ({ path, line, text }))
}

/** The lines of the ledger that do not verify, and whether a shared store has more than this clone. */
export function ledgerProblems(
  context: Pick<Context, 'ledger' | 'workspace' | 'storeProblem' | 'offlineSince'>,
): LocatedProblem[] {
  const { storeProblem, offlineSince = '' } = context
  const old =
    storeProblem === undefined
      ? []
      : [
          {
            path: SETTINGS_FILE,
            line: 1,
            text: `The shared store cannot be used: ${storeProblem.message}. This clone is offline since ${offlineSince}: what other clones did is not here, and nothing is recorded.`,
          },
        ]
  const damaged = context.ledger.damage.map(({ path, line, text }) => ({
    path: path.slice(context.workspace.root.length + 1),
    line,
    text: `The ledger is broken here: ${text}.`,
  }))
  return [...damaged, ...old]
}

/** Files that the repository ships in folders where only this clone writes. Their content is ignored. */
export async function foreignFiles({ state }: Pick<Context, 'state'>): Promise<LocatedProblem[]> {
  const files = await trackedLocalFiles(state)
  const [path] = files
  if (path === undefined) return []
  const what = files.length === 1 ? 'this file' : `${files.length} files`
  const text = `git tracks ${what} below .redgreen/local, which belongs to one clone. Nothing in them counts and they are ignored. Remove them: git rm -r --cached .redgreen/local`
  return [{ path, line: 1, text }]
}
