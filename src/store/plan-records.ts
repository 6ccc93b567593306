import path from 'node:path'
import * as z from 'zod'
import { hashOf } from '../evidence/chain.ts'
import { kind } from '../evidence/event-parts.ts'
import type { PlanRecord } from '../plan/plan-record.ts'
import { writeFile } from './files.ts'
import { readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'
import type { State } from './state.ts'

const planRecord = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      description: z.string(),
      kind,
      files: z.array(z.string()),
      acceptance: z.array(z.string()),
      dropped: z.boolean(),
      parts: z.array(z.string()).optional(),
    }),
  ),
  criteria: z.array(z.string()).optional(),
  reviews: z.array(z.object({ phase: z.string(), tasks: z.array(z.string()) })).optional(),
  validation: z.array(z.string()),
})

/** Keeps what a plan asks for beside the ledger, under its hash, and returns the hash. Committed, as the ledger is. */
export function savePlanRecord(state: State, feature: string, record: PlanRecord): string {
  const hash = hashOf(record)
  if (!loadPlanRecord(state, feature, hash))
    writeFile(recordFile(state, feature, hash), `${JSON.stringify(record)}\n`)
  return hash
}

/** The record with this hash; `undefined` if it is missing or damaged. */
export function loadPlanRecord(
  state: State,
  feature: string,
  hash: string,
): PlanRecord | undefined {
  const file = recordFile(state, feature, hash)
  const known = CACHE.get(file)
  if (known) return known
  const bytes = /^[0-9a-f]{64}$/.test(hash) ? readBytes(file) : undefined
  const record = bytes && planRecord.safeParse(parseJson(bytes.toString('utf8'))).data
  if (!record || hashOf(record) !== hash) return undefined
  if (CACHE.size >= CACHE_SIZE) CACHE.clear()
  CACHE.set(file, record)
  return record
}

function recordFile(state: State, feature: string, hash: string): string {
  return path.join(state.folder, 'plans', feature, `${hash}.json`)
}

/** A record never changes: its name is the hash of its content. */
const CACHE = new Map<string, PlanRecord>()

const CACHE_SIZE = 16
