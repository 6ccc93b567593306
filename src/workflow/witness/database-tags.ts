import { sha256 } from '../../evidence/chain.ts'
import type { Tags } from '../../evidence/witness/statement.ts'
import { cloneId } from '../../store/coordinator/clone-id.ts'
import { checkedOut } from '../../store/git-folder.ts'
import type { State } from '../../store/state.ts'

/** The tags of this clone and branch in what a database has. */
export function ownTags(state: State): Tags {
  return tagsOf({ clone: cloneId(state), branch: checkedOut(state.root) ?? '' })
}

/** Clone and branch, as a witness names them. */
export function tagsOf({ clone, branch }: { clone: string; branch: string }): Tags {
  return { clone: tagOf(clone), branch: tagOf(branch) }
}

function tagOf(text: string): string {
  return sha256(text).slice(0, 16)
}
