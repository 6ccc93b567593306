/** What the server sends to the page. Plain data, so that the browser's code needs nothing of the server's. */

/** The first event of a stream. A page of another build reloads itself. */
export interface Hello {
  version: string
  build: string
}

/** A decision that the page can ask for, as in the refusal that waits for it. */
export type PageDecision =
  | { step: 'approve' }
  | { step: 'confirm-phase'; phase: string }
  | { step: 'confirm-standards' }
  | { step: 'mark-complete'; task: string }
  | { step: 'allow-run' }
  | { step: 'waive'; tasks: string[]; reason: string }
  | { step: 'waive-standard'; standard: string; reason: string }

export interface Wait {
  what: string
  /** The command that asks the same question in a terminal. */
  command: string
  decision: PageDecision
  /** The names of the standards that it is about. */
  standards: string[]
}

/** Whether a human can decide on the page: the settings allow it, do not, or were changed to allow it and nobody approved that. */
export type PageChannel = 'open' | 'unnamed' | 'unapproved'

export interface Board {
  version: string
  isAuthorised: boolean
  workspaces: WorkspaceView[]
}

export interface WorkspaceView {
  name: string
  root: string
  channel: PageChannel
  /** Why nothing of it can be shown. */
  problem: string | null
  features: FeatureSummary[]
  runs: RunView[]
}

export interface Share {
  done: number
  total: number
}

export interface FeatureSummary {
  key: string
  id: string
  title: string
  dialect: string
  /** Why it cannot be read. */
  problem: string | null
  progress: Share | null
  halted: string | null
  waits: Wait[]
  working: Working[]
  /** The feature that a call without a name is about. */
  isActive: boolean
  /** When its last event was recorded. */
  at: string | null
}

/** A task that somebody works on. */
export interface Working {
  task: string
  title: string
  stage: string
  holder: string
  since: string
}

/** A run in progress. */
export interface RunView {
  run: string
  /** Names its output, if it has any. */
  log: string | null
  feature: string | null
  command: string
  since: string
  tests: number | null
  /** The tasks of the process that made it. */
  tasks: string[]
}

export interface TaskRow {
  id: string
  title: string
  phase: string
  kind: string
  stage: string
  isReady: boolean
  claimed: boolean
  waived: boolean
  owed: boolean
  failed: boolean
  optional: boolean
  parallel: boolean
  error: string | null
  changed: string | null
  holder: { name: string; since: string } | null
  dependsOn: string[]
  location: string
}

export interface PhaseView extends Share {
  name: string
}

export interface FeatureView {
  key: string
  id: string
  title: string
  dialect: string
  evidence: string
  progress: Share & { claimed: number; waived: number; owed: number; phases: PhaseView[] }
  halted: string | null
  problems: string[]
  documents: { name: string; path: string }[]
  tasks: TaskRow[]
}

export interface TestView {
  name: string
  file: string
  outcome: string
  message: string | null
}

export interface StepRun {
  id: string
  command: string
  durationMs: number
  exitCode: number | null
  framework: string
  output: string
  hasLog: boolean
}

/** An event of a task, for the evidence line. */
export interface EvidenceStep {
  id: string
  kind: string
  title: string
  at: string
  /** The assistant or human who made it, if this clone knows. */
  by: string
  summary: string
  tests: TestView[]
  run: StepRun | null
  /** Where tests failed, with the line as it was then. */
  places: { path: string; line: number; text: string | null }[]
  /** Other facts, as sentences. */
  notes: string[]
  share: { noticed: number; tried: number } | null
}

export interface FileChange {
  path: string
  lines: { sign: '+' | '-' | ' ' | '@'; text: string }[]
}

export interface TaskEvidence {
  task: TaskRow & { acceptance: string[]; files: string[]; kindReason: string }
  startedAs: string | null
  steps: EvidenceStep[]
  created: string[]
  modified: string[]
  /** How the tests differ now from those of the RED; null if nobody can say. */
  changes: FileChange[] | null
  canReplay: boolean
}

export interface ReplayView {
  runs: number
  findings: string[]
  notes: string[]
}

/** A line of the answer to a replay. */
export type ReplayLine =
  | { done: number; total: number }
  | { result: ReplayView }
  | { refused: string }

export interface DocumentView {
  name: string
  path: string
  html: string
}

export interface OutputView {
  text: string
  tests: number | null
  next: number
  isOver: boolean
}

export interface VerificationView {
  passed: boolean
  events: number
  findings: { place: string; text: string }[]
  notes: string[]
  evidence: { name: string; count: number; members: string[] }[]
}

/** A question as a terminal asks it. `hash` travels with the answer, so that it never counts for another question. */
export interface Question {
  hash: string
  text: string
  /** Answered one by one. Empty: one answer for the whole question. */
  points: string[]
}

/** The answer to a decision. */
export type DecisionResult =
  | { recorded: true; person: string }
  /** It changed since it was shown. Nothing was recorded. */
  | { changed: Question }
  | { refused: string }

/** The data of the views, by the name of their address. */
export interface Views {
  feature: FeatureView
  task: TaskEvidence
  document: DocumentView
  verification: VerificationView
}
