/** A plan, after a dialect has read it. Plain data: the same shape for every dialect. */

/** How a task has to be proven. */
export type Kind = 'build' | 'test' | 'cover' | 'refactor' | 'check' | 'person'

/** The state of a task in the user's file; `other` means that the author deferred, skipped or blocked it. */
export type MarkState = 'open' | 'done' | 'doing' | 'other'

/** A place in a file that holds the state of a task. `path` is relative to the workspace, `/`-separated. */
export interface Marker {
  path: string
  /** 1-based. */
  line: number
  /** The characters that show the state, such as `[ ]` or `[X]`. */
  text: string
  state: MarkState
  /** UTF-16 offsets of `text` in the decoded file (byte order mark included); `source.slice(start, end) === text`. */
  start: number
  end: number
}

/** What a plan says about the tests of a task before they exist. */
export interface TestPlan {
  /** Test files, relative to the workspace. */
  files: string[]
  /** How the tests fail before the code is written. */
  failures: PlannedFailure[]
}

/** A line of a plan that says that tests fail first. */
export interface PlannedFailure {
  line: number
  /** The message, or prose about it; absent if the plan gives no reason. */
  text?: string
  /** The text is in quotation marks or wholly code, so that it is a message. */
  isQuoted: boolean
  /** The command that shows the failure. */
  command?: string
}

export interface Task {
  /** Unique in its plan. */
  id: string
  /** The id that its place and words in the file make now, if it was given another one before. */
  idInFile?: string
  title: string
  description?: string
  /** Name of its phase; the empty string before the first phase heading. */
  phase: string
  kind: Kind
  /** Why it has that kind, as a phrase that a reader can check. */
  kindReason: string
  parallel: boolean
  /** User story label, such as `US1`. */
  story?: string
  /** Files that the task names, relative to the workspace, in the order of the text. */
  files: string[]
  /** Ids of the tasks that the plan says it depends on. */
  dependsOn: string[]
  acceptance: string[]
  testPlan?: TestPlan
  /** Ids of its sub-tasks, if it only groups them: nobody works on it, and it is done when they are. */
  parts?: string[]
  /** The plan can do without it: it may be done, and nothing waits for it. */
  optional?: boolean
  location: { path: string; line: number }
  /** The first is the primary one. Empty if the file holds no state for the task. */
  markers: Marker[]
}

/** The purpose of a phase; it influences the kind of its tasks. `work` is a phase without a special purpose. */
export type Category = 'setup' | 'test' | 'core' | 'integration' | 'polish' | 'work'

export interface Phase {
  name: string
  category: Category
  /** 1-based line of its heading; 0 for tasks before any heading. */
  line: number
  /** Task ids in file order. */
  tasks: string[]
}

/** Something in a file that a human should look at. `blocks`: ids of tasks that must not start before it is fixed. */
export interface Problem {
  path: string
  line: number
  text: string
  blocks?: string[]
  /** A line that may be meant as a task is not read as one, or its state is unclear. */
  isUnread?: boolean
}

/** A document of the feature to read before a task. `path` is relative to the workspace. */
export interface PlanDocument {
  name: string
  path: string
}

export interface Feature {
  /** Folder name or id; tools take it as the argument `feature`. */
  id: string
  title: string
  dialect: string
  /** Relative to the workspace. */
  dir: string
}

export interface Plan {
  feature: Feature
  phases: Phase[]
  /** In file order. */
  tasks: Task[]
  /** Whether the position in the file or only `dependsOn` decides when a task may start; default `file`. */
  order?: 'file' | 'dependencies'
  /** The acceptance scenarios of each user story, by its label. */
  scenarios?: Readonly<Record<string, readonly string[]>>
  /** The ids are made of positions and words. A task keeps the id that it was given first, which the ledger records. */
  keepsIds?: true
  documents: PlanDocument[]
  problems: Problem[]
}
