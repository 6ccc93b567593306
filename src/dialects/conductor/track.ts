import type { MarkState } from '../../plan/plan.ts'
import type { TextSpan } from './text-span.ts'
import type { Status } from './status-text.ts'

/** One component or track of a registry. */
export interface Track {
  /** Name of its folder. */
  id: string
  title: string
  path: string
  line: number
  state: MarkState
  status: Status
  /** What says how far it is: the words of a cell, or a box. */
  mark: TextSpan | undefined
  created: TextSpan | undefined
  updated: TextSpan | undefined
  completed: TextSpan | undefined
  links: string[]
}
