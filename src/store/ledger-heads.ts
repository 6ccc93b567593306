import path from 'node:path'
import * as z from 'zod'
import { sha256 } from '../evidence/chain.ts'
import { checkedOut, gitFolderOf } from './git-folder.ts'
import { rewriteNote } from './files.ts'
import { namesIn, readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import { verifiedText, withSeal } from './secret.ts'
import type { State } from './state.ts'

/**
 * The last event of each chain that this worktree wrote, kept in git's own folder: there it outlives the deletion of `.redgreen`, and
 * no repository can ship it.
 */
const head = z.object({
  /** The branch that was checked out; empty if there was none. */
  branch: z.string(),
  /** Hash and number of the event. */
  tip: z.string(),
  seq: z.number(),
  at: z.string(),
  /** Such as `done of T001`. */
  what: z.string(),
})
export type LedgerHead = z.infer<typeof head>

/** Remembers the last event of a chain. Without git there is no place for it. */
export function noteHead(
  state: State,
  feature: string,
  file: string,
  last: Omit<LedgerHead, 'branch'>,
): void {
  const folder = headsFolder(state, feature)
  if (folder === undefined) return
  const text = JSON.stringify({ ...last, branch: checkedOut(state.root) ?? '' })
  try {
    rewriteNote(path.join(folder, file), withSeal(state, sealContext(feature, file), text))
  } catch {
    // The event is recorded, and this note only helps to find a loss. It must not fail the step.
  }
}

/** The last events that this worktree wrote on the branch that is checked out, one of each chain. */
export function notedHeads(state: State, feature: string): LedgerHead[] {
  const folder = headsFolder(state, feature)
  if (folder === undefined) return []
  const branch = checkedOut(state.root) ?? ''
  return namesIn(folder).flatMap(file => {
    const record = readBytes(path.join(folder, file))?.toString('utf8') ?? ''
    const text = verifiedText(state, sealContext(feature, file), record)
    if (text === undefined) return []
    const { data } = head.safeParse(parseJson(text))
    return data?.branch === branch ? [data] : []
  })
}

/** In the git folder of this worktree, because another worktree has another ledger; one folder for each workspace and feature. */
function headsFolder(state: State, feature: string): string | undefined {
  const git = gitFolderOf(state.root)
  const workspace = path.basename(state.shared)
  const name = sha256(feature).slice(0, 16)
  return git && path.join(git.own, 'redgreen', workspace, 'heads', name)
}

function sealContext(feature: string, file: string): string {
  return `head\0${feature}\0${file}`
}
