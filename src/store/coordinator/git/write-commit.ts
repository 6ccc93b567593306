import { nonce } from '../../files.ts'
import { runGit } from '../../git.ts'
import type { Workspace } from '../../workspace.ts'
import { StoreUnreachable } from '../coordinator.ts'
import { STATE_FILE } from './reference-name.ts'
import type { SharedState } from './shared-state.ts'

/**
 * Writes a commit that replaces the state and adds files, and returns its id. It uses neither the worktree nor the index, and no
 * reference of the clone names it.
 */
export async function writeCommit(
  workspace: Workspace,
  parent: string,
  state: SharedState,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await runGit(
    workspace,
    ['fast-import', '--quiet', '--done'],
    instructions(parent, { [STATE_FILE]: `${JSON.stringify(state, undefined, 1)}\n`, ...files }),
  )
  if ('failed' in answer) throw new StoreUnreachable(`git wrote no commit: ${answer.failed}`)
  return answer.out.toString('utf8').trim()
}

async function* instructions(
  parent: string,
  files: Readonly<Record<string, string>>,
): AsyncGenerator<string> {
  const random = nonce()
  // Git needs a name for what it makes. It is reset before git writes references.
  const draft = `refs/redgreen-draft/${random}`
  const seconds = Math.floor(Date.now() / 1000)
  yield `commit ${draft}\nmark :1\ncommitter redgreen <redgreen@localhost> ${seconds} +0000\n`
  // Two servers that make the same change at the same time make two commits, of which the remote takes one.
  yield data(`redgreen ${random}`)
  if (parent !== '') yield `from ${parent}\n`
  for (const [path, content] of Object.entries(files))
    yield `M 100644 inline ${path}\n${data(content)}`
  yield `get-mark :1\nreset ${draft}\ndone\n`
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}
