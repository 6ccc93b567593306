import { git } from './git.ts'
import type { Workspace } from './workspace.ts'

/** The text of a file in a commit, relative to the workspace; `undefined` if it was not there. */
export function textInCommit(
  workspace: Workspace,
  commit: string,
  file: string,
): Promise<string | undefined> {
  return git(workspace, ['cat-file', 'blob', `${commit}:./${file}`])
}
