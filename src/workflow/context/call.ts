import type { Channel } from '../../evidence/event-parts.ts'
import type { Holder } from '../../store/leases/holder.ts'

/** What a client can ask for; the same word in every room. */
export type Step =
  | 'next_task'
  | 'record_red'
  | 'record_green'
  | 'mark_complete'
  | 'run_validation'
  | 'report_failure'
  | 'read_document'

/** A way to a person. */
export interface HumanChannel {
  channel: Channel
  /** Is their answer to this question yes? */
  yes: (question: string) => Promise<boolean>
  /** To which of these points do they say yes? Each is answered by itself. */
  each: (question: string, points: readonly string[]) => Promise<boolean[]>
}

/** How a step is named to whoever asked: a tool to a model, a command to a person. */
export interface Frontend {
  /** Such as `call record_red with task T012`. */
  describeStep(step: Step, args?: { task: string; tests?: readonly string[]; late?: true }): string
  /** `undefined` where there is no person to ask. */
  human?: HumanChannel
  /** A way to the person at the client, where it has one; whether it may be used, the settings say. */
  elicit?: HumanChannel
}

/** One call of one step, by one caller. Nothing of it is remembered afterwards. */
export interface Call {
  /** The folder to work on, absolute or relative to the process. */
  root: string
  /** Which feature; without it the active one. */
  feature?: string | undefined
  holder: Holder
  frontend: Frontend
  signal: AbortSignal
  /** Told when something long begins; a phrase. */
  note(text: string): void
  /** Told how many tests of it have ended so far. */
  noteTests?: ((count: number) => void) | undefined
  /** The name that the first run of the call is to have, where one was told to somebody already. */
  firstRun?: (() => string | undefined) | undefined
}

/** The next thing to do, in words and as a call. */
export interface NextStep {
  tool: Step | null
  arguments: Record<string, unknown>
  say: string
}
