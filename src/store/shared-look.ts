import { currentTurn } from './turn.ts'
import type { Workspace } from './workspace.ts'

/**
 * A step asks the same about its files again and again, and while it waits for nothing, nothing that it started has changed them. So its
 * looks are shared until the event loop goes on: as if all of them had been at the same moment. What a step waits for, such as a test run
 * or git, ends that.
 */

/** The workspaces of steps. Others, such as temporary checkouts, are written to between two looks. */
const STEPS = new WeakSet<Workspace>()

/** Shares the looks at this workspace. For a step that begins, and that writes no file of the workspace. */
export function shareLooks(workspace: Workspace): void {
  STEPS.add(workspace)
}

/** What was seen of workspaces in the current turn of the event loop. */
export class SharedLooks<Seen> {
  readonly #seen = new WeakMap<Workspace, { turn: object; value: Seen }>()

  /** What was seen in this turn. */
  get(workspace: Workspace): { value: Seen } | undefined {
    const found = this.#seen.get(workspace)
    return found?.turn === currentTurn() ? found : undefined
  }

  /** Keeps what was just seen, if the looks of the workspace are shared. */
  set(workspace: Workspace, value: Seen): Seen {
    if (STEPS.has(workspace)) this.#seen.set(workspace, { turn: currentTurn(), value })
    return value
  }
}

/** The same function, which looks once in each turn of the event loop. */
export function sharedLook<Asked extends { workspace: Workspace }, Seen>(
  look: (asked: Asked) => Seen,
): (asked: Asked) => Seen {
  const looks = new SharedLooks<Seen>()
  return asked =>
    (looks.get(asked.workspace) ?? { value: looks.set(asked.workspace, look(asked)) }).value
}
