import { readdirSync } from 'node:fs'
import path from 'node:path'
import { checkLine, GENESIS, sealLine } from '../evidence/chain.ts'
import { parseEvent, type Event, type EventBody } from '../evidence/event.ts'
import { appendLines, readBytes, truncateFile } from './files.ts'
import { cloneId, type State } from './state.ts'

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
export function appendEvents(state: State, feature: string, bodies: readonly EventBody[]): Event[] {
  const file = path.join(ledgerFolder(state, feature), `${cloneId(state)}.jsonl`)
  const chain = readChain(file)
  if (chain.damage[0]) throw new Error(`${file} is broken, so nothing was recorded.`)
  if (chain.torn !== undefined) truncateFile(file, chain.torn)
  const last = chain.events.at(-1)
  const at = timeAfter(last?.at)
  let seq = last?.seq ?? 0
  let prev = last?.hash ?? GENESIS
  const lines: string[] = []
  const events: Event[] = []
  for (const body of bodies) {
    seq += 1
    const line = sealLine({ ...body, feature, at }, { seq, prev })
    const event = parseEvent(JSON.parse(line))
    if (!event) throw new TypeError(`An event of kind ${body.kind} does not fit its own schema.`)
    prev = event.hash
    lines.push(line)
    events.push(event)
  }
  appendLines(file, lines)
  return events
}

/** The files of a feature's ledger, absolute, sorted. */
function chainFiles(state: State, feature: string): string[] {
  const folder = ledgerFolder(state, feature)
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.jsonl'))
    return names.sort().map(name => path.join(folder, name))
  } catch {
    return []
  }
}

/** Where the ledger of a feature is kept, absolute. */
export function ledgerFolder(state: State, feature: string): string {
  return path.join(state.folder, 'ledger', feature)
}

interface Chain {
  events: Event[]
  damage: Damage[]
  /** Length of the whole lines, when the last one was never finished. */
  torn?: number
}

function readChain(file: string): Chain {
  const bytes = readBytes(file)
  if (!bytes) return { events: [], damage: [] }
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
      return { events, damage: [{ path: file, line: index + 1, text }], ...torn }
    }
    prev = event.hash
    events.push(event)
  }
  return { events, damage: [], ...torn }
}

/** Now, but never before the line that it follows: a clock may be set back. */
function timeAfter(last: string | undefined): string {
  const now = new Date().toISOString()
  return last !== undefined && last > now ? last : now
}
