import type { Category } from './plan.ts'

/** What determines the kind of a task. */
export interface KindClues {
  category: Category
  /** Name of the phase, quoted in the reason. */
  phase: string
  title: string
  files: readonly string[]
  /** It comes before the implementation that it tests: in a test phase, or before the other tasks of its story. */
  ahead: boolean
  /** The dialect's own mark for a human check, as a phrase. */
  humanMark?: string
}
