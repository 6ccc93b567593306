import * as z from 'zod'

/** What the server sends to a witness, and what the witness answers. Of an event, only its hash is sent. */

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const tag = z.string().regex(/^[0-9a-f]{16}$/)
const feature = z.string().min(1).max(300)
const chain = z.string().regex(/^[\w-]{1,100}$/)
export const project = z.string().regex(/^[\w.-]{1,100}$/)

/** Events of a chain that follow each other. */
const part = z.object({
  chain,
  /** Number of the first event, and the hash before it. */
  first: z.int().min(1),
  prev: hash,
  hashes: z.array(hash).min(1).max(5000),
})

/** The tag of a clone that only passes on what it has of others. */
export const UNKNOWN_TAG = '0'.repeat(16)

const tags = {
  /** The clone that recorded the events, and its branch, as tags that only the clone can compute. */
  clone: tag,
  branch: tag,
}

/** Events of a feature, as one clone sends them. */
export const submission = z.object({
  project,
  feature,
  parts: z.array(part.extend(tags)).max(1000),
})
export type Submission = z.infer<typeof submission>
export type Part = z.infer<typeof part>
export type Tags = Pick<Submission['parts'][number], 'clone' | 'branch'>

/** Length and last hash of a chain. */
const head = z.object({ chain, length: z.int(), head: hash })
export type Head = z.infer<typeof head>

const signature = { key: z.string(), signature: z.string() }

/** The heads of a feature's chains, and the chains of a submission that were refused. */
export const receipt = z.looseObject({
  format: z.literal(1),
  project,
  feature,
  at: z.string(),
  heads: z.array(head),
  refused: z.array(chain),
  ...signature,
})
export type Receipt = z.infer<typeof receipt>

const heardPart = z.object({
  ...part.shape,
  /** When the witness heard of them, by its own clock. */
  heard: z.string(),
  ...tags,
})

/** Everything that a witness has heard of a project. */
export const statement = z.looseObject({
  format: z.literal(1),
  project,
  at: z.string(),
  chains: z.array(z.object({ feature, chain, heard: z.array(heardPart) })),
  ...signature,
})
export type Statement = z.infer<typeof statement>

/** A line of the witness's journal: one part, with where it belongs. */
export const journalLine = z.object({ project, feature, ...heardPart.shape })
export type JournalLine = z.infer<typeof journalLine>
