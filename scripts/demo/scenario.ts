import type { ToolName } from './answers.ts'

/** What is played for one dialect: the script of the assistant, and what may change in the user's own files. */
export interface Play {
  /** Folder under `examples/`. */
  example: string
  /** Id of the feature. */
  feature: string
  /** What a person has to agree to before the first task, where the workflow asks for that. */
  approval?: true
  /** A person goes through the standards before the validation, where the workflow is closed with them. */
  standards?: true
  /** One act a task that needs more than its files, in the words of the example's plan. */
  acts: Record<string, Act>
  /** The workflow's own files that the server writes, from the root. */
  own: Record<string, Own>
}

/** What the assistant does for a task beyond writing the files of `files/<dialect>/<task>/<red or green>`. */
export interface Act {
  /** Test files for record_red, where the task does not name them; those of an earlier task, when they are still red. */
  tests?: string[]
  /** How its RED came about, where that is not plain to see. */
  remark?: string
  /** What mark_complete is told of the clean-up. */
  refactor?: string
  trick?: Trick
}

/** Something dishonest, tried when the step `before` is due. The server has to see through it. */
export type Trick = { before: ToolName; tells: string } & (
  | { files?: true; calls: ToolName; arguments: Record<string, unknown>; refused: string }
  | { ticks: string; by: Tick }
)

/** A mark made by hand: these characters become those. */
export interface Tick {
  path: string
  from: string
  to: string
}

/** A file that the server begins, with what each of its lines may look like, or one in which it changes single words. */
export type Own =
  | { begun: RegExp[]; counted: RegExp; what: string }
  | { changes: Change[]; added?: Added[] }

/** A line that the server puts in, as it stands there. */
export interface Added {
  what: string
  line: RegExp
}

/** A place in a line that may change, with what stands there before and afterwards. */
export interface Change {
  /** In the plural. */
  what: string
  from: RegExp
  to: RegExp
}
