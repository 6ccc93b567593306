import { hashOfFile, loadTree } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { filesAtStart } from '../testing/snapshots.ts'

/** Files that were there when the feature was begun, and are others or gone by now; empty where this clone does not know those of then. */
export function changedSinceStart(
  { ledger, state, workspace }: Context,
  wanted: (file: string) => boolean,
): string[] {
  const start = filesAtStart(ledger.events)
  const then = start && loadTree(state, start.tree)
  if (!then) return []
  return Object.keys(then.files)
    .filter(wanted)
    .filter(file => hashOfFile(absolute(workspace, file)) !== then.files[file])
}
