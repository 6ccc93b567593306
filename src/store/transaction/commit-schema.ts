import * as z from 'zod'

/** The name of a chain's file: five random bytes. */
const CHAIN_FILE = /^[0-9a-f]{10}\.jsonl$/

/** What was decided in one go: the lines to be appended to a chain, and the task whose marks follow from them. */
export const commitSchema = z.object({
  format: z.literal(1),
  /** Name of the chain's file, without a folder. */
  file: z.string().regex(CHAIN_FILE),
  /** Where its lines begin, in bytes, and the hash and number of the line before. */
  offset: z.number(),
  prev: z.string(),
  seq: z.number(),
  lines: z.array(z.string()),
  /** Hash of the last line. */
  tip: z.string(),
  /** What was checked out, empty where git does not say: the lines belong there and nowhere else. */
  branch: z.string(),
  /** The task whose marks in the user's files are to be written. */
  marks: z.string().optional(),
})
export type Commit = z.infer<typeof commitSchema>
