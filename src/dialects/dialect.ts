import type { Application } from '../plan/application.ts'
import type { MarkReading } from '../plan/changed-marks.ts'
import type { Change, Edit } from '../plan/edit.ts'
import type { Gotcha } from '../plan/gotcha.ts'
import type { Phase, Plan, Task } from '../plan/plan.ts'
import type { Standard } from '../plan/standard.ts'

/**
 * Read-only access to the workspace. Paths are relative to its root and `/`-separated. A path outside the workspace reads as
 * if it did not exist.
 */
export interface WorkspaceReader {
  /**
   * Decoded text (UTF-8, byte order mark kept), or `undefined` if there is no such file. Throws `Unreadable` for a file that is not text.
   */
  read(path: string): string | undefined
  exists(path: string): boolean
  /** Names in a directory, sorted, directories with a trailing `/`; empty if there is no such directory. */
  list(path: string): string[]
  /** Name of the checked-out git branch; `undefined` without git or on a detached head. */
  branch(): string | undefined
  /** Rows of a table of the workflow's own database (read only); empty if there is none. */
  rows(table: string): Record<string, unknown>[]
  /** A variable of the server's environment that the workflow itself defines, such as `SPECIFY_FEATURE`. */
  variable(name: string): string | undefined
}

/** A file that exists but cannot be read as a plan; the message says why and how to fix it. */
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

/** A file whose encoding or size no plan has; it is not parsed at all. */
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

/** The active feature and what decided it, or why there is none or more than one. */
export type ActiveFeature =
  /**
   * `doubt`: a sentence, if something else names another feature. `isFinished`: it has no open task, so that of another dialect is meant.
   */
  | { found: Candidate; evidence: string; doubt?: string; isFinished?: boolean }
  /** `isNamed`: something names a feature that is missing or has no tasks yet, so that of another dialect is not meant. */
  | { none: string; remedy: string; isNamed?: boolean }
  /** `areFinished`: none of them has an open task. */
  | { several: Candidate[]; remedy: string; areFinished?: boolean }

/** Whether work on a plan may begin. */
export type FeatureReadiness =
  | { ready: true; evidence: string }
  /**
   * A human has to approve first; `redgreen approve` records that. `phase` describes the workflow's own records if they imply
   * an approval; it counts only if the settings say so.
   */
  | { ready: false; fact: string; remedy: string; humanDecision: true; phase?: string }
  /** The files have to change first; the remedy names the step of the workflow. */
  | { ready: false; fact: string; remedy: string; humanDecision: false }

/** When an event happens, for the dates that a workflow writes: ISO 8601, UTC. Dialects have no clock of their own. */
export type Timestamp = string

/** What the server recorded about a finished task, for workflows that keep a progress log. */
export interface FinishedTaskWork {
  /** Tests that turned from red to green, by the framework's name without the file. */
  tests: { name: string; file: string }[]
  /** Relative paths, without the plan's own documents. */
  created: string[]
  modified: string[]
  /** Results of the task's own tests, and of the suite; `undefined` if none ran. */
  own?: { passed: number; total: number }
  all?: { passed: number; total: number }
  /** For tasks that are proven by a check: what was checked, as a phrase. */
  check?: string
  refactor?: string
}

/** What a plan says about the application that it builds. */
export interface Production {
  /** The workflow completes a feature only after the running application has been validated. */
  needed: boolean
  application?: Application
  /** The technologies it is built with, as the plan names them. */
  stack: string[]
  /** Gotchas that the plan itself lists. */
  gotchas: Gotcha[]
}

/** The task of every example: one function, in the language that the project is tested in. */
export interface ExampleTask {
  title: string
  source: string
  test: string
}

/** The files of a small plan, by path. */
export type ExamplePlan = Readonly<Record<string, string>>

/** A format in which plans are written. To add one: a folder, an object of this type and a line in `index.ts`. */
export interface Dialect {
  /** As in the settings and in commands. */
  name: string
  /** As people write it. */
  title: string
  /** The folders that contain its plans, from the folder of a project; without anchors. */
  folders: RegExp
  /** The files that contain marks, as patterns of `.gitattributes`. */
  planFiles: readonly string[]
  /** A small plan for `redgreen init --example`. */
  example(task: ExampleTask): ExamplePlan
  /** Documents that its plans require, and the command that creates each; the settings may declare one optional. */
  requires?: readonly { name: string; remedy: string }[]
  /** The file that shows that the workspace uses this dialect, as a phrase; `undefined` if it does not. */
  detect(reader: WorkspaceReader): string | undefined
  /** Every feature of the workspace, sorted by directory. */
  features(reader: WorkspaceReader): Candidate[]
  active(reader: WorkspaceReader): ActiveFeature
  /** Has a human named a plan of this dialect in the settings? Then that one is active, whatever else the workspace contains. */
  isNamed?(reader: WorkspaceReader): boolean
  /** Its features are active only if no other dialect has a feature. */
  yields?: boolean
  /** The feature in a Markdown file that the caller named and that is not in the folders of another dialect. */
  featureInFile?(reader: WorkspaceReader, path: string): Candidate | undefined
  /** Files that may be meant as a plan although nobody has named them; they are only offered. */
  offers?(reader: WorkspaceReader): string[]
  /** Sentences about files that have the name of its plans and are none, each with what a plan has to have. */
  misread?(reader: WorkspaceReader): string[]
  /** Files that have the name of such a plan, but no task. */
  lacksTasks?(reader: WorkspaceReader): string[]
  /** The feature in a folder that the caller named, wherever that is. */
  featureIn?(reader: WorkspaceReader, folder: string): Candidate | undefined
  /** Reads the plan; throws `Unreadable` if the file is not one. */
  read(reader: WorkspaceReader, candidate: Candidate): Plan
  /**
   * The state that a mark shows, from its text and the line around it; `undefined` for a mark whose meaning depends on more. Only for
   * plans in which nothing but the state of its task follows from a mark. Such a plan is not read again if only marks change.
   */
  markState?: MarkReading
  /** The workflow's own gate before the first task. Without it, work on every plan may begin. */
  readiness?(reader: WorkspaceReader, plan: Plan): FeatureReadiness
  /** Edits when a task starts: marks and documents that say "in progress". */
  start?(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[]
  /** Edits that mark `task` done in the file's own style, in every marker; empty if it is already marked done. */
  finish(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[]
  /**
   * Edits that mark `task` open again. `done` is what finishing it wrote, if no other task was finished since: those changes
   * are reverted to the byte. Without it, or if the file has changed, the marks are written in the file's own style.
   */
  reopen(reader: WorkspaceReader, plan: Plan, task: Task, done?: readonly Change[]): Edit[]
  /** Edits of the workflow's progress log when a task is done. Idempotent: a retry after a crash adds nothing twice. */
  report?(
    reader: WorkspaceReader,
    plan: Plan,
    task: Task,
    work: FinishedTaskWork,
    at: Timestamp,
  ): Edit[]
  /** Edits of the progress log when the tests of a task were seen to fail; `work` has only these tests. */
  reportTests?(reader: WorkspaceReader, plan: Plan, task: Task, work: FinishedTaskWork): Edit[]
  /** The question that a human answers when the phase is finished; the next phase waits for the answer. */
  question?(reader: WorkspaceReader, plan: Plan, phase: Phase): string | undefined
  /** Edits when a phase is finished and, if required, confirmed by a human. */
  finishPhase?(reader: WorkspaceReader, plan: Plan, phase: Phase, at: Timestamp): Edit[]
  /** What the plan says about the running application; without it, only the settings describe it. */
  production?(reader: WorkspaceReader, plan: Plan): Production
  /** Where the workflow's files say that the whole feature is completed; `undefined` while they do not. */
  completionLocation?(
    reader: WorkspaceReader,
    plan: Plan,
  ): { path: string; line: number } | undefined
  /** The standards that the whole feature has to meet, each by evidence or by a human's confirmation. */
  standards?(reader: WorkspaceReader, plan: Plan): Standard[]
  /** Edits when the whole feature is validated. */
  finishFeature?(reader: WorkspaceReader, plan: Plan, at: Timestamp): Edit[]
  /** What the workflow asks of the assistant for this task beyond the loop: order of work, a commit with a suitable message. */
  advice?(reader: WorkspaceReader, plan: Plan, task: Task): { before: string[]; after: string[] }
  /**
   * Commands that the workflow wants run before the first task and after the last, as sentences for the assistant; the server never runs
   * them.
   */
  hooks?(reader: WorkspaceReader): { before: string[]; after: string[] }
  /** The status of the whole plan, as its file has it. A workflow with such a status has its own final report. */
  planStatus?(reader: WorkspaceReader, plan: Plan): string | undefined
}
