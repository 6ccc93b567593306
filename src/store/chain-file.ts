import path from 'node:path'
import { checkLine, GENESIS, type CheckedLine } from '../evidence/chain.ts'
import { parseEvent, type Event } from '../evidence/event.ts'
import { grown } from '../evidence/growing-events.ts'
import { withLists } from './test-lists.ts'
import { clearFolderCache } from './files.ts'
import { fileStatus, readBytes } from './read-file.ts'
import { parseJson } from '../plan/parse-json.ts'

/** A line at which a chain is broken. Everything before it is read; nothing is written after it. */
export interface Damage {
  /** Absolute. */
  path: string
  /** 1-based. */
  line: number
  text: string
  /** The chain is valid, but a newer version wrote an event that this version does not know. */
  newer?: true
  /** The line is valid, but a file beside the ledger is missing. It can be restored without a change of the chain. */
  incomplete?: true
}

/** One file of a ledger. */
export interface Chain {
  file: string
  events: readonly Event[]
  damage: readonly Damage[]
  /** Length of the complete lines in bytes. Anything after them is an unfinished line. */
  whole: number
  /** Length of the file in bytes. */
  length: number
  /** Number of the complete lines. */
  lines: number
  /** Copies of a clone continued the chain, and git merged them: its events are not in the order of their times. */
  isForked: boolean
  /** Hash and number of the last line. */
  tip: { hash: string; seq: number }
}

/** Reads and checks a chain. Parts that this process has checked already are not checked again. */
export function readChain(file: string): Chain {
  const look = fileStatus(file)
  if (!look) return { ...EMPTY, file }
  const cached = CACHE.get(file)
  const known = cached?.chain.damage.some(({ incomplete }) => incomplete) ? undefined : cached
  if (known?.stamp === look.stamp && known.trusted) return known.chain
  const bytes = readBytes(file)
  if (!bytes) return { ...EMPTY, file }
  // If the file changes while it is read, the next call reads it again.
  const trusted = Date.now() - look.changed > RACY_MS && fileStatus(file)?.stamp === look.stamp
  const goesOn = known && bytes.subarray(0, known.bytes.length).equals(known.bytes)
  const same = goesOn && bytes.length === known.chain.length
  const chain = same ? known.chain : extend(goesOn ? known.chain : { ...EMPTY, file }, bytes)
  CACHE.delete(file)
  CACHE.set(file, { stamp: look.stamp, trusted, chain, bytes: bytes.subarray(0, chain.whole) })
  forgetOldest()
  return chain
}

/** The complete lines of a chain that was read before; none if the file changed meanwhile. */
export function linesOf({ file, whole, lines }: Chain): string[] {
  const text = readBytes(file)?.subarray(0, whole).toString('utf8') ?? ''
  const all = text.split('\n').slice(0, -1)
  return all.length === lines ? all : []
}

/** Clears the caches, as at the start of a process. */
export function clearChainCache(): void {
  CACHE.clear()
  clearFolderCache()
}

interface Known {
  stamp: string
  /** If a file changed just before it was read, its times may not show the next change. */
  trusted: boolean
  chain: Chain
  /** The complete lines that were checked. Comparing them finds an edit of an old line cheaply. */
  bytes: Buffer
}

const CACHE = new Map<string, Known>()

/** Enough for a large project: each clone has one chain in each feature, and a step reads all chains of its feature. */
const REMEMBERED = 1024

function forgetOldest(): void {
  const [oldest] = CACHE.keys()
  if (CACHE.size > REMEMBERED && oldest !== undefined) CACHE.delete(oldest)
}

const RACY_MS = 100

const EMPTY: Omit<Chain, 'file'> = {
  events: [],
  damage: [],
  whole: 0,
  length: 0,
  lines: 0,
  isForked: false,
  tip: { hash: GENESIS, seq: 0 },
}

/** Checks the lines after the known part of a chain. */
function extend(known: Chain, bytes: Buffer): Chain {
  const { file } = known
  const added: Event[] = []
  const damage = [...known.damage]
  // The folder has the name of the feature, and each line names it too: the evidence of one feature proves nothing for another.
  const feature = path.basename(path.dirname(file))
  const place = { folder: path.dirname(path.dirname(path.dirname(file))), feature }
  let { hash, seq } = known.tip
  let { whole: from, lines, isForked } = known
  for (;;) {
    const end = bytes.indexOf(0x0a, from)
    if (end < 0 || damage.some(({ newer }) => !newer)) break
    const at = { path: file, line: lines + 1 }
    const line = bytes.toString('utf8', from, end)
    const next = checkLine(line, { seq: seq + 1, prev: hash })
    const fork = 'broken' in next ? forkIn(line, [...known.events, ...added]) : undefined
    const checked = fork ?? next
    if ('broken' in checked) {
      damage.push({ ...at, text: checked.broken })
      break
    }
    if (checked.entry['feature'] !== feature) {
      damage.push({ ...at, text: 'it belongs to another feature' })
      break
    }
    const read = withLists(place, checked.entry)
    if ('damaged' in read) {
      const text = `its list in ${read.damaged} is missing or damaged`
      damage.push({ ...at, text, incomplete: true })
      break
    }
    const event = parseEvent(read.whole)
    if (event) added.push(event)
    else damage.push({ ...at, text: 'this version does not know its kind', newer: true })
    isForked ||= fork !== undefined
    seq = Number(checked.entry['seq'])
    hash = checked.hash
    from = end + 1
    lines += 1
  }
  const tip = { hash, seq }
  const events = grown(known.events, added)
  return { file, events, damage, whole: from, length: bytes.length, lines, isForked, tip }
}

/** A line that continues an earlier line than the last: a copy of the clone wrote it, and `mergeLedgers` put it here. */
function forkIn(line: string, events: readonly Event[]): CheckedLine | undefined {
  const entry = parseJson(line)
  const prev = typeof entry === 'object' && entry && 'prev' in entry ? entry.prev : undefined
  const parent = events.find(({ hash }) => hash === prev)
  if (!parent) return undefined
  const checked = checkLine(line, { seq: parent.seq + 1, prev: parent.hash })
  const isNew = 'hash' in checked && events.every(({ hash }) => hash !== checked.hash)
  return isNew ? checked : undefined
}
