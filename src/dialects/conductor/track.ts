import type { MarkState } from '../../plan/plan.ts'
import type { TextSpan } from './text-span.ts'
import type { Status } from './status-text.ts'

/** A component or track in a registry. */
export interface Track {
  /** Name of its folder. */
  id: string
  title: string
  path: string
  line: number
  state: MarkState
  status: Status
  /** The text that shows its status: a table cell or a box. */
  mark: TextSpan | undefined
  created: TextSpan | undefined
  updated: TextSpan | undefined
  completed: TextSpan | undefined
  links: string[]
}
