import type { Application } from '../plan/application.ts'
import type { Change, Edit } from '../plan/edit.ts'
import type { Gotcha } from '../plan/gotcha.ts'
import type { Phase, Plan, Task } from '../plan/plan.ts'
import type { Standard } from '../plan/standard.ts'

/**
 * What a dialect may see of the workspace: reads only, with paths relative to its root, `/`-separated.
 * A path that leaves the workspace reads as if it did not exist.
 */
export interface WorkspaceReader {
  /** Decoded text (UTF-8, byte order mark kept), or `undefined` when there is no such file. Throws `Unreadable` for a file that cannot be a text. */
  read(path: string): string | undefined
  exists(path: string): boolean
  /** Names in a directory, directories with a trailing `/`, sorted; empty when there is none. */
  list(path: string): string[]
  /** Name of the checked-out git branch, `undefined` without git or on a detached head. */
  branch(): string | undefined
  /** Rows of a table of the workflow's own database (read only), empty where there is none. */
  rows(table: string): Record<string, unknown>[]
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
export type ActiveFeature =
  | { found: Candidate; evidence: string }
  | { none: string; remedy: string }
  | { several: Candidate[]; remedy: string }

/** May work on this plan begin? */
export type FeatureReadiness =
  | { ready: true; evidence: string }
  /**
   * A person has to agree first; `redgreen approve` records that. `phase` is what the workflow's own records have come to,
   * where that implies it: it counts only where the settings say so.
   */
  | { ready: false; fact: string; remedy: string; humanDecision: true; phase?: string }
  /** The files have to say so first; the remedy names the step of the workflow. */
  | { ready: false; fact: string; remedy: string; humanDecision: false }

/** When something is recorded, for the dates that a workflow writes: ISO 8601, UTC. The dialects have no clock. */
export type Timestamp = string

/** What was witnessed of a task, for workflows that keep a diary. */
export interface FinishedTaskWork {
  /** Tests that were red and are green now, as the framework names them, without their file. */
  tests: { name: string; file: string }[]
  /** Relative paths, without the plan's own documents. */
  created: string[]
  modified: string[]
  /** Of the task's own tests, and of the suite that ran; `undefined` where none ran. */
  own?: { passed: number; total: number }
  all?: { passed: number; total: number }
  /** For tasks that are proven by a check: what was looked at, in a phrase. */
  check?: string
  refactor?: string
}

/** What a plan says about the application that it builds. */
export interface Production {
  /** Its workflow calls the feature finished only when the application itself was seen to work. */
  needed: boolean
  application?: Application
  /** What it is built with, in the plan's own words. */
  stack: string[]
  /** Traps that the plan itself names. */
  gotchas: Gotcha[]
}

/** A way plans are written down. A new one is a folder, a literal of this shape and a line in `index.ts`. */
export interface Dialect {
  name: string
  /** Documents without which its plans are not carried out, and what makes them; the settings may declare one optional. */
  requires?: readonly { name: string; remedy: string }[]
  /** How sure it is that the workspace uses it; `undefined` when it does not. The phrase names the file that decided. */
  detect(reader: WorkspaceReader): string | undefined
  /** Every feature of the workspace, sorted by directory. */
  features(reader: WorkspaceReader): Candidate[]
  active(reader: WorkspaceReader): ActiveFeature
  /** Reads the plan; throws `Unreadable` for a file that is not a plan. */
  read(reader: WorkspaceReader, candidate: Candidate): Plan
  /** The workflow's own gate before the first task. Without it every plan may begin. */
  readiness?(reader: WorkspaceReader, plan: Plan): FeatureReadiness
  /** Edits when a task is started: marks and documents that say "in progress". */
  start?(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[]
  /** The edits that mark `task` done in the file's own style, in every carrier; empty when it is marked so already. */
  finish(reader: WorkspaceReader, plan: Plan, task: Task, at: Timestamp): Edit[]
  /**
   * The edits that mark it open again. `done` is what finishing it wrote, where no other task was finished since: that is
   * taken back to the byte. Without it, or where the file was changed since, the file's own style has to do.
   */
  reopen(reader: WorkspaceReader, plan: Plan, task: Task, done?: readonly Change[]): Edit[]
  /** Edits of the workflow's diary when a task is done. Called again after a crash: what stands there already is not written twice. */
  report?(
    reader: WorkspaceReader,
    plan: Plan,
    task: Task,
    work: FinishedTaskWork,
    at: Timestamp,
  ): Edit[]
  /** The question that a person answers when the phase is finished; the next phase waits for it. */
  question?(reader: WorkspaceReader, plan: Plan, phase: Phase): string | undefined
  /** Edits when a phase is finished, and confirmed where a person has to. */
  finishPhase?(reader: WorkspaceReader, plan: Plan, phase: Phase, at: Timestamp): Edit[]
  /** What the plan says about the application at work; without it the settings alone do. */
  production?(reader: WorkspaceReader, plan: Plan): Production
  /** Where its files say that the whole feature is over; `undefined` while they do not. */
  completionLocation?(
    reader: WorkspaceReader,
    plan: Plan,
  ): { path: string; line: number } | undefined
  /** What has to hold of the whole before the feature is over: each with evidence, or with a person's word. */
  standards?(reader: WorkspaceReader, plan: Plan): Standard[]
  /** Edits when the whole feature is validated. */
  finishFeature?(reader: WorkspaceReader, plan: Plan, at: Timestamp): Edit[]
  /** What the workflow asks of the assistant for this task, beyond the loop: order of work, a commit with a fitting message. */
  advice?(reader: WorkspaceReader, plan: Plan, task: Task): { before: string[]; after: string[] }
  /** What the workflow wants run before the first task and after the last one, as sentences: told to the assistant, never run. */
  hooks?(reader: WorkspaceReader): { before: string[]; after: string[] }
  /** The word for the state of the whole plan, as its file has it. A workflow with such a word has a last report of its own. */
  planStatus?(reader: WorkspaceReader, plan: Plan): string | undefined
}
