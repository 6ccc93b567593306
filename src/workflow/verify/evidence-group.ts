import type { EvidenceClass } from '../../evidence/evidence-class.ts'

/** A member of a class of evidence: a task, or something that belongs to no task, such as a waived standard. */
export interface Classified {
  class: EvidenceClass
  task?: string
  /** What a reader sees, such as `T002` or `T002 (vitest.config.ts)`. */
  name: string
}

/** A class of evidence with its members. */
export interface EvidenceGroup {
  class: EvidenceClass
  count: number
  members: Classified[]
}
