import type { Statement } from '../../evidence/witness/statement.ts'

/** A statement that can be believed, or why there is none, as a sentence. */
export type LoadedStatement =
  | {
      statement: Pick<Statement, 'project' | 'at' | 'chains'>
      isFresh: boolean
      /** It is the database of a shared store. */
      isDatabase?: true
      notes: string[]
    }
  | { problem: string }
