/** What a plan says, after a dialect has read it. Plain data: the same for every dialect. */

/** How a task has to be proven; EVIDENCE is asked for accordingly. */
export type Kind = 'build' | 'test' | 'cover' | 'check' | 'person'

/** What the user's file says about a task: `other` is deferred, skipped or blocked by the author. */
export type MarkState = 'open' | 'done' | 'doing' | 'other'

/** One place in a file that carries a task's state. `path` is relative to the workspace, `/`-separated. */
export interface Marker {
  path: string
  /** 1-based. */
  line: number
  /** The characters that carry the state, such as `[ ]` or `[X]`. */
  text: string
  state: MarkState
  /** UTF-16 offsets of `text` in the decoded file (byte order mark included); `source.slice(start, end) === text`. */
  start: number
  end: number
}

export interface Task {
  /** Unique in its plan. */
  id: string
  title: string
  description?: string
  /** Name of its phase; the empty string before the first phase heading. */
  phase: string
  kind: Kind
  /** Why it has that kind, as a phrase a person can check. */
  kindReason: string
  parallel: boolean
  /** User story label, such as `US1`. */
  story?: string
  /** Files that the task names, relative to the workspace, in the order of the text. */
  files: string[]
  /** Ids of tasks that it waits for because the plan says so. */
  dependsOn: string[]
  acceptance: string[]
  location: { path: string; line: number }
  /** The first is the primary one. Empty where the file keeps no state for the task. */
  markers: Marker[]
}

/** What a phase is for; it decides the kind of its tasks. `work` is a phase without a special purpose. */
export type Category = 'setup' | 'test' | 'core' | 'integration' | 'polish' | 'work'

export interface Phase {
  name: string
  category: Category
  /** 1-based line of its heading; 0 for tasks before any heading. */
  line: number
  /** Task ids in file order. */
  tasks: string[]
}

/** Something in the file that a person should look at. `blocks`: ids that must not start before it is mended. */
export interface Problem {
  path: string
  line: number
  text: string
  blocks?: string[]
}

/** A document of the feature that is worth reading before a task. `path` is relative to the workspace. */
export interface PlanDocument {
  name: string
  path: string
}

export interface Feature {
  /** Folder name or id; the word by which tools address it. */
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
  /** What decides when a task may start; the place in the file, unless the plan leaves it to `dependsOn` alone. */
  order?: 'file' | 'dependencies'
  documents: PlanDocument[]
  problems: Problem[]
}
