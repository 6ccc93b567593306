import { existsSync, readdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import * as z from 'zod'
import { checkLine, GENESIS, sealLine } from '../evidence/chain.ts'
import { parseEvent, type Event, type EventBody } from '../evidence/event.ts'
import { appendLines, readBytes, truncateFile, writeFile } from './files.ts'
import { parseJson } from './json.ts'
import type { State } from './state.ts'

/** A place where a chain does not hold. Everything before it is read; nothing is written after it. */
export interface Damage {
  /** Absolute. */
  path: string
  /** 1-based. */
  line: number
  text: string
}

/** Everything that was recorded for a feature, by every clone whose file is here. */
export interface Ledger {
  /** In the order in which they happened. */
  events: Event[]
  damage: Damage[]
}

/** Reads and checks the ledger of a feature. */
export function readLedger(state: State, feature: string): Ledger {
  const chains = chainFiles(state, feature).map(readChain)
  const events = chains.flatMap(chain => chain.events)
  // The order within a clone is that of its chain: sorting is stable and its times never run backwards.
  if (chains.length > 1) events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { events, damage: chains.flatMap(chain => chain.damage) }
}

/** Appends events to this clone's chain, durably, and returns them with their places. Call it under the lock. */
export function appendEvents(
  state: State,
  feature: string,
  bodies: readonly EventBody[],
  by: string,
): Event[] {
  const chain = ownChain(state, feature)
  const { file } = chain
  if (chain.torn !== undefined) truncateFile(file, chain.torn)
  const last = chain.events.at(-1)
  const at = timeAfter(last?.at)
  let seq = last?.seq ?? 0
  let prev = last?.hash ?? GENESIS
  const lines: string[] = []
  const events: Event[] = []
  for (const body of bodies) {
    seq += 1
    const line = sealLine({ ...body, feature, at, by }, { seq, prev })
    const event = parseEvent(JSON.parse(line))
    if (!event) throw new TypeError(`An event of kind ${body.kind} does not fit its own schema.`)
    prev = event.hash
    lines.push(line)
    events.push(event)
  }
  appendLines(file, lines)
  noteHead(state, feature, { file: path.basename(file), hash: prev })
  return events
}

/** The files of a feature's ledger, absolute, sorted. */
function chainFiles(state: State, feature: string): string[] {
  const folder = ledgerFolder(state, feature)
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.jsonl'))
    return names.sort().map(name => path.join(folder, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    // A ledger that cannot be read is not an empty one.
    throw error
  }
}

/** The features that have a ledger, sorted. */
export function featuresRecorded(state: State): string[] {
  const folder = path.join(state.folder, 'ledger')
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .filter(name => chainFiles(state, name).length > 0)
    .sort()
}

/** Where the ledger of a feature is kept, absolute. */
export function ledgerFolder(state: State, feature: string): string {
  return path.join(state.folder, 'ledger', feature)
}

interface Chain {
  file: string
  events: Event[]
  damage: Damage[]
  /** Length of the whole lines, when the last one was never finished. */
  torn?: number
}

function readChain(file: string): Chain {
  const bytes = readBytes(file)
  if (!bytes) return { file, events: [], damage: [] }
  const whole = bytes.lastIndexOf(0x0a) + 1
  const torn = whole < bytes.length ? { torn: whole } : {}
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  const events: Event[] = []
  let prev = GENESIS
  for (const [index, line] of lines.entries()) {
    const checked = checkLine(line, { seq: index + 1, prev })
    const event = 'entry' in checked ? parseEvent(checked.entry) : undefined
    if (!event) {
      const text = 'broken' in checked ? checked.broken : 'this version does not know its kind'
      return { file, events, damage: [{ path: file, line: index + 1, text }], ...torn }
    }
    prev = event.hash
    events.push(event)
  }
  return { file, events, damage: [], ...torn }
}

const head = z.object({ file: z.string(), hash: z.string() })
type Head = z.infer<typeof head>

/**
 * The chain that this clone goes on with. When the file does not end with what was recorded here last, another branch is
 * checked out or somebody changed it: a new chain begins, so that no two branches ever write the same lines.
 */
function ownChain(state: State, feature: string): Chain {
  const last = lastHead(state, feature)
  if (last) {
    const chain = readChain(path.join(ledgerFolder(state, feature), last.file))
    const goesOn = chain.damage.length === 0 && chain.events.at(-1)?.hash === last.hash
    if (goesOn) return chain
  }
  const name = `${randomBytes(5).toString('hex')}.jsonl`
  return { file: path.join(ledgerFolder(state, feature), name), events: [], damage: [] }
}

/** Has this clone ever recorded anything for the feature? */
export function hasRecorded(state: State, feature: string): boolean {
  return lastHead(state, feature) !== undefined
}

function noteHead(state: State, feature: string, last: Head): void {
  writeFile(headFile(state, feature), `${JSON.stringify(last)}\n`)
}

function lastHead(state: State, feature: string): Head | undefined {
  const bytes = readBytes(headFile(state, feature))
  return bytes && head.safeParse(parseJson(bytes.toString('utf8'))).data
}

function headFile(state: State, feature: string): string {
  return path.join(state.local, 'heads', `${feature}.json`)
}

/** Now, but never before the line that it follows: a clock may be set back. */
function timeAfter(last: string | undefined): string {
  const now = new Date().toISOString()
  return last !== undefined && last > now ? last : now
}
