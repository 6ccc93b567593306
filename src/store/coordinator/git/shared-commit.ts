import * as z from 'zod'
import { commitSchema } from '../../transaction/commit-schema.ts'
import type { Addition, SharedCommit } from '../coordinator.ts'

/** An addition as a file in the tree of the reference. */

const addition = commitSchema
  .omit({ format: true, offset: true, branch: true })
  .extend({ attached: z.record(z.string(), z.string()).optional() })

/** The file of an addition. */
export function formatAddition({ commit, attached }: Addition): string {
  const { file, prev, seq, lines, tip, marks } = commit
  return `${JSON.stringify({ file, prev, seq, tip, marks, lines, attached }, undefined, 1)}\n`
}

/** The addition in a file; `undefined` if it is none. */
export function parseAddition(json: unknown): SharedCommit | undefined {
  const { data } = addition.safeParse(json)
  if (!data) return undefined
  const { attached, ...commit } = data
  return attached ? { ...commit, attached } : commit
}
