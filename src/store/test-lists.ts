import path from 'node:path'
import { hashOf } from '../evidence/chain.ts'
import { writeFile } from './files.ts'
import { readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'

/** A long list of an event is not in the ledger, but in a file beside it, under the hash of its content. */

/** The fields of events that can be long: tests, ids of tests, test files, what a linter found, and ids of tasks. */
const FIELDS =
  'tests ran passed failing before turnedGreen passedFiles reverified superseded files findings given'.split(
    ' ',
  )

/** A longer list is kept beside the ledger. */
const MAX_INLINE_TESTS = 300

/** Where the lists of a feature are. */
export interface ListFolder {
  /** Absolute path of `.redgreen`. */
  folder: string
  feature: string
}

/** Writes the long lists of an event to their files. Returns the event with their hashes in `listed` instead. */
export function storeLists(
  place: ListFolder,
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const listed: Record<string, string> = {}
  const short: Record<string, unknown> = { ...body }
  for (const field of FIELDS) {
    const list = body[field]
    if (!Array.isArray(list) || list.length <= MAX_INLINE_TESTS) continue
    const hash = hashOf(list)
    if (!loadList(place, hash)) writeFile(listFile(place, hash), `${JSON.stringify(list)}\n`)
    listed[field] = hash
    short[field] = []
  }
  return Object.keys(listed).length > 0 ? { ...short, listed } : short
}

/** The event with its lists, or the file of a list that is missing or damaged: its path from the workspace. */
export function withLists(
  place: ListFolder,
  entry: Readonly<Record<string, unknown>>,
): { whole: Record<string, unknown> } | { damaged: string } {
  const { listed } = entry
  const whole: Record<string, unknown> = { ...entry }
  if (typeof listed !== 'object' || listed === null) return { whole }
  for (const [field, hash] of Object.entries(listed)) {
    const list = loadList(place, hash)
    if (!list || !FIELDS.some(known => known === field)) return { damaged: listName(place, hash) }
    whole[field] = list
  }
  return { whole }
}

function listName({ feature }: ListFolder, hash: unknown): string {
  return `.redgreen/tests/${feature}/${isHash(hash) ? hash : '…'}.json`
}

function loadList(place: ListFolder, hash: unknown): unknown[] | undefined {
  if (!isHash(hash)) return undefined
  const bytes = readBytes(listFile(place, hash))
  const list = bytes && parseJson(bytes.toString('utf8'))
  return Array.isArray(list) && hashOf(list) === hash ? list : undefined
}

function isHash(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
}

function listFile({ folder, feature }: ListFolder, hash: string): string {
  return path.join(folder, 'tests', feature, `${hash}.json`)
}
