import { currentTurn } from './turn.ts'
import type { Workspace } from './workspace.ts'

/**
 * A step reads the state of its files many times. Until it awaits something, nothing that it started can change them. So a value that was
 * read is reused until the event loop continues, for example after a test run or a call of git.
 */

/** Workspaces whose values are cached. Others, such as temporary checkouts, are written to between two reads. */
const CACHED = new WeakSet<Workspace>()

/** Turns the cache on for a workspace. Call it when a step begins. The step must not write files of the workspace. */
export function enableTurnCache(workspace: Workspace): void {
  CACHED.add(workspace)
}

/** One value per workspace, valid in the current turn of the event loop. */
export class TurnCache<Value> {
  readonly #values = new WeakMap<Workspace, { turn: object; value: Value }>()

  /** The value of this turn; `undefined` if there is none. */
  get(workspace: Workspace): { value: Value } | undefined {
    const found = this.#values.get(workspace)
    return found?.turn === currentTurn() ? found : undefined
  }

  /** Stores a value that was just read, if the cache is on for the workspace. */
  set(workspace: Workspace, value: Value): Value {
    if (CACHED.has(workspace)) this.#values.set(workspace, { turn: currentTurn(), value })
    return value
  }
}

/** Wraps a function so that it runs once per workspace in each turn of the event loop. */
export function cachedForTurn<Argument extends { workspace: Workspace }, Value>(
  read: (argument: Argument) => Value,
): (argument: Argument) => Value {
  const cache = new TurnCache<Value>()
  return argument =>
    (cache.get(argument.workspace) ?? { value: cache.set(argument.workspace, read(argument)) })
      .value
}
