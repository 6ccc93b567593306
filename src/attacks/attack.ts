import type { RefusalCode } from '../workflow/context/refusal.ts'
import type { Files } from './projects/project.ts'
import type { Sandbox } from './sandbox.ts'

/** Names what stays possible, such as code that asks whether a test runs, in the words of the evidence. */
export const STRICT = 'verify --allow assertion'

/**
 * What stops a variant: a refusal, or a command that reports it. `counted`: the run beyond the limit did not take place.
 * `allowed`: it is not an attack after all.
 */
export type StoppedBy =
  | RefusalCode
  | 'verify'
  | 'verify --replay'
  | typeof STRICT
  | 'counted'
  | 'allowed'

/** Something that an assistant may do instead of the work, with every variant of it that is tried. */
export interface Attack {
  /** Number in the table. */
  row: number
  /** One imperative sentence. */
  title: string
  variants: readonly Variant[]
}

export interface Variant {
  /** How the attack is tried. */
  how: string
  stoppedBy: StoppedBy
  /** Files of the project; default: the small stack. */
  files?: Files
  /** Runs the scenario. Returns what stopped it, or a text that describes what happened instead. */
  run(sandbox: Sandbox): Promise<string>
}

/** The result of several attempts in one variant: each must be stopped, and by the same thing. */
export function combined(results: readonly string[]): string {
  return [...new Set(results)].join(', ')
}
