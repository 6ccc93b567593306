import type { ToolName } from './answers.ts'

/** What the demo of one dialect does: the steps of the assistant, and how the user's own files may change. */
export interface Scenario {
  /** Folder under `examples/`. */
  example: string
  /** Id of the feature. */
  feature: string
  /** Set when the workflow asks a human to approve the plan before the first task. */
  approval?: true
  /** Set when a human confirms the standards of the workflow before the validation. */
  standards?: true
  /** By task id: what the assistant does in addition to writing the files of the task. */
  steps: Record<string, Step>
  /** By path: how the server may change the workflow's own files. */
  updates: Record<string, FileUpdate>
}

/** What the assistant does for a task besides writing the files in `files/<dialect>/<task>/<red or green>`. */
export interface Step {
  /** Test files for record_red, when the task does not name them. */
  tests?: string[]
  /** Printed below the RED, when the reason of the failure is not obvious. */
  note?: string
  /** The `refactor` argument of mark_complete. */
  refactor?: string
  attempts?: Attempt[]
}

/**
 * Something dishonest, tried before the tool `before` is called. The server has to refuse or ignore it.
 * `files` is a folder beside `red` and `green`, whose files are written for the attempt and removed after it.
 */
export type Attempt = { before: ToolName; description: string } & (
  | { files?: string; calls: ToolName; arguments: Record<string, unknown>; refused: string }
  | { ticks: string; by: Tick }
)

/** A mark set by hand: the text `from` is replaced by `to`. */
export interface Tick {
  path: string
  from: string
  to: string
}

/** A file that the server creates, with the permitted forms of its lines, or a file in which it changes single places. */
export type FileUpdate =
  | { lines: RegExp[]; counted: RegExp; name: string }
  | { changes: Change[]; added?: AddedLine[] }

/** A line that the server inserts. */
export interface AddedLine {
  name: string
  line: RegExp
}

/** A place in a line that may change: its text before and after. */
export interface Change {
  /** A plural noun. */
  name: string
  from: RegExp
  to: RegExp
}
