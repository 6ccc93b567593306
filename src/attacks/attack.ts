import type { RefusalCode } from '../workflow/context/refusal.ts'
import type { Files } from './projects/project.ts'
import type { Sandbox } from './sandbox.ts'

/** What stops a cheat. `counted`: the run that was not due did not take place. `allowed`: it is no cheat after all. */
export type CaughtBy = RefusalCode | 'verify' | 'verify --replay' | 'counted' | 'allowed'

/** Something that an assistant does instead of the work, with every way in which it can be done. */
export interface Attack {
  /** Number in the table. */
  row: number
  /** One sentence. */
  title: string
  variants: readonly Variant[]
}

/** Several tries in a row as one: each of them has to be stopped, and by the same. */
export function together(seen: readonly string[]): string {
  return [...new Set(seen)].join(', ')
}

export interface Variant {
  how: string
  caughtBy: CaughtBy
  /** The project that it is played in, when that is not the small stack. */
  files?: Files
  /** Plays it, and says what was seen: what caught it, or else something for a person to read. */
  run(sandbox: Sandbox): Promise<string>
}
