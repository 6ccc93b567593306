import * as z from 'zod'

/** The name of a chain's file: five random bytes. */
const CHAIN_FILE = /^[0-9a-f]{10}\.jsonl$/

/** One decision: the lines to append to a chain, and the task that they mark. */
export const commitSchema = z.object({
  format: z.literal(1),
  /** Name of the chain's file, without a folder. */
  file: z.string().regex(CHAIN_FILE),
  /** Offset of its lines in bytes, and hash and number of the previous line. */
  offset: z.number(),
  prev: z.string(),
  seq: z.number(),
  lines: z.array(z.string()),
  /** Hash of the last line. */
  tip: z.string(),
  /** The branch that was checked out; empty if unknown. The lines belong only to this branch. */
  branch: z.string(),
  /** The task whose marks have to be written into the user's files. */
  marks: z.string().optional(),
})
export type Commit = z.infer<typeof commitSchema>
