import { checkLine, GENESIS } from '../evidence/chain.ts'
import { parseEvent, type Event } from '../evidence/event.ts'
import { forgetFolders, fileStatus, readBytes } from './files.ts'

/** A place where a chain does not hold. Everything before it is read; nothing is written after it. */
export interface Damage {
  /** Absolute. */
  path: string
  /** 1-based. */
  line: number
  text: string
  /** The chain holds, and this version does not know what it says: a newer one wrote it. */
  newer?: true
}

/** One file of a ledger. */
export interface Chain {
  file: string
  events: readonly Event[]
  damage: readonly Damage[]
  /** Length of the whole lines, bytes. What follows was never finished. */
  whole: number
  /** Length of the file. */
  length: number
  /** Hash and number of the last line. */
  tip: { hash: string; seq: number }
}

/** Reads and checks a chain, as far as this process has not done so before. */
export function readChain(file: string): Chain {
  const look = fileStatus(file)
  if (!look) return { ...EMPTY, file }
  const known = CACHE.get(file)
  if (known?.stamp === look.stamp && known.trusted) return known.chain
  const bytes = readBytes(file)
  if (!bytes) return { ...EMPTY, file }
  // Looked at again: what was written while it was read is read at the next call.
  const trusted = Date.now() - look.changed > RACY_MS && fileStatus(file)?.stamp === look.stamp
  const goesOn = known && bytes.subarray(0, known.bytes.length).equals(known.bytes)
  const same = goesOn && bytes.length === known.chain.length
  const chain = same ? known.chain : extend(goesOn ? known.chain : { ...EMPTY, file }, bytes)
  CACHE.delete(file)
  CACHE.set(file, { stamp: look.stamp, trusted, chain, bytes: bytes.subarray(0, chain.whole) })
  forgetOldest()
  return chain
}

/** Forgets what was read: as a new process would begin. */
export function forgetChains(): void {
  CACHE.clear()
  forgetFolders()
}

interface Known {
  stamp: string
  /** A file that was changed just before it was read may change again without its times telling. */
  trusted: boolean
  chain: Chain
  /** The whole lines as they were checked. An edit of an old line is found by comparing them, which costs next to nothing. */
  bytes: Buffer
}

const CACHE = new Map<string, Known>()

/** As many chains as a large project has in use. */
const REMEMBERED = 64

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
  tip: { hash: GENESIS, seq: 0 },
}

/** Checks what follows the part of a chain that is known. */
function extend(known: Chain, bytes: Buffer): Chain {
  const { file } = known
  const events = [...known.events]
  const damage = [...known.damage]
  let { hash, seq } = known.tip
  let from = known.whole
  for (;;) {
    const end = bytes.indexOf(0x0a, from)
    if (end < 0 || damage.some(({ newer }) => !newer)) break
    const place = { path: file, line: seq + 1 }
    const checked = checkLine(bytes.toString('utf8', from, end), { seq: seq + 1, prev: hash })
    if ('broken' in checked) {
      damage.push({ ...place, text: checked.broken })
      break
    }
    const event = parseEvent(checked.entry)
    if (event) events.push(event)
    else damage.push({ ...place, text: 'this version does not know its kind', newer: true })
    seq += 1
    hash = checked.hash
    from = end + 1
  }
  return { file, events, damage, whole: from, length: bytes.length, tip: { hash, seq } }
}
