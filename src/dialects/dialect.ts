import type { Edit } from '../plan/edit.ts'
import type { Plan, Task } from '../plan/plan.ts'

/**
 * What a dialect may see of the workspace: reads only, with paths relative to its root, `/`-separated.
 * A path that leaves the workspace reads as if it did not exist.
 */
export interface Shelf {
  /** Decoded text (UTF-8, byte order mark kept), or `undefined` when there is no such file. Throws `Unreadable` for a file that cannot be a text. */
  read(path: string): string | undefined
  exists(path: string): boolean
  /** Names in a directory, directories with a trailing `/`, sorted; empty when there is none. */
  list(path: string): string[]
  /** Name of the checked-out git branch, `undefined` without git or on a detached head. */
  branch(): string | undefined
  /** A variable of the server's environment that the workflow itself defines, such as `SPECIFY_FEATURE`. */
  variable(name: string): string | undefined
}

/** A file that is there but cannot be read as a plan; `text` says why and what would help. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  readonly path: string
  /** 1-based. */
  readonly line: number

  constructor(path: string, line: number, text: string) {
    super(text)
    this.path = path
    this.line = line
  }
}

/** A file of a form or size that no plan has: it is not looked into at all. */
export class Unsupported extends Unreadable {
  override name = 'Unsupported'
}

/** A feature that a dialect found, before its plan is read. */
export interface Candidate {
  id: string
  /** Relative to the workspace. */
  dir: string
  /** Relative path of the file with the tasks. */
  tasks: string
}

/** Which feature is the active one and what decided it, or why that cannot be said. */
export type Active =
  | { found: Candidate; evidence: string }
  | { none: string; remedy: string }
  | { several: Candidate[]; remedy: string }

/** A way plans are written down. A new one is a folder, a literal of this shape and a line in `index.ts`. */
export interface Dialect {
  name: string
  /** How sure it is that the workspace uses it; `undefined` when it does not. The phrase names the file that decided. */
  detect(shelf: Shelf): string | undefined
  /** Every feature of the workspace, sorted by directory. */
  features(shelf: Shelf): Candidate[]
  active(shelf: Shelf): Active
  /** Reads the plan; throws `Unreadable` for a file that is none. `evidence` goes into the feature as it is. */
  read(shelf: Shelf, candidate: Candidate, evidence: string): Plan
  /** The edits that mark `task` done in the file's own style, in every carrier; empty when it is marked so already. */
  finish(shelf: Shelf, plan: Plan, task: Task): Edit[]
  /** The edits that mark it open again. */
  reopen(shelf: Shelf, plan: Plan, task: Task): Edit[]
}
