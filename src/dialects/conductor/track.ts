import type { MarkState } from '../../plan/plan.ts'
import type { ConductorFolder } from './place.ts'
import type { Status } from './words.ts'

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
  mark: ConductorFolder | undefined
  created: ConductorFolder | undefined
  updated: ConductorFolder | undefined
  completed: ConductorFolder | undefined
  links: string[]
}
