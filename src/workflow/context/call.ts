import type { Channel } from '../../evidence/event-parts.ts'
import type { Holder } from '../../store/leases/holder.ts'

/** The steps that a client can call. A tool of the server and a command of the program have the same steps. */
export type Step =
  | 'next_task'
  | 'record_red'
  | 'record_green'
  | 'mark_complete'
  | 'run_validation'
  | 'report_failure'
  | 'read_document'

/** A way to ask a human. */
export interface HumanChannel {
  channel: Channel
  /**
   * True if the human answers the question with yes. `included` is a hash of everything else that a yes confirms. A channel that asks and
   * answers in two calls compares it, so that a yes cannot confirm something that has changed since.
   */
  confirm: (question: string, included: string) => Promise<boolean>
  /** One answer for each point, true for yes. */
  confirmEach: (question: string, points: readonly string[], included: string) => Promise<boolean[]>
}

/** How the caller sees the steps: a model sees tools, a human sees commands. */
export interface Frontend {
  /** The step as an instruction in lower case, such as `call record_red with task T012`. */
  describeStep(step: Step, args?: { task: string; tests?: readonly string[]; late?: true }): string
  /** The command as a human typed it, for a refusal that repeats it; `undefined` if a model made the call. */
  typed?: string
  /** The human who made the call; `undefined` if a model made it. */
  human?: HumanChannel
  /** The human at the client, if the client can show forms. The settings decide whether the server may use it. */
  elicit?: HumanChannel
}

/** One call of one step, by one caller. Nothing of it is kept after the answer. */
export interface Call {
  /** The workspace folder, absolute or relative to the process. */
  root: string
  /** Why this folder is the workspace, as a phrase, if it is not simply the one that was named. */
  rootReason?: string | undefined
  /** Id or folder name of the feature; the active feature if it is left out. */
  feature?: string | undefined
  holder: Holder
  frontend: Frontend
  signal: AbortSignal
  /** Reports what a long step does at the moment, as a phrase. */
  note(text: string): void
  /** Reports how many tests of the current run have ended. */
  noteTests?: ((count: number) => void) | undefined
  /**
   * Reports that a run waits for other runs. The function returns the current phrase each time; `undefined` means that the wait is over.
   */
  noteWait?: ((phrase: (() => string) | undefined) => void) | undefined
  /** The id for the first run of the call, if the caller has already announced one. */
  firstRun?: (() => string | undefined) | undefined
}

/** The next thing to do, as a sentence and as a call. */
export interface NextStep {
  tool: Step | null
  arguments: Record<string, unknown>
  say: string
}
