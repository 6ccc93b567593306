import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { checkedOut } from './git-folder.ts'
import { sealLine } from '../evidence/chain.ts'
import { safeProgramText } from '../runner/safe-text.ts'
import { parseEvent, type Event, type EventBody } from '../evidence/event.ts'
import { readChain, type Chain, type Damage } from './chain-file.ts'
import { disk } from './disk.ts'
import { namesIn } from './files.ts'
import { ledgerFolder } from './ledger-folder.ts'
import { noteHead, notedHeads, type LedgerHead } from './ledger-heads.ts'
import type { State } from './state.ts'
import {
  commitAt,
  finishCommits,
  pendingCommits,
  recordedCommits,
  commitFolder,
  lastCommit,
  type NumberedCommit,
} from './transaction/commit.ts'
import { pruneRecords, type Fence } from './transaction/sequence.ts'

/** All events of a feature, from the chain files of all clones. */
export interface Ledger {
  /** Oldest first. */
  events: readonly Event[]
  damage: readonly Damage[]
  /** Number of this clone's latest commit in it. A decision based on this ledger is valid only while there is no later one. */
  commit: number
  /** Commits that are not finished: their marks, and after a crash their lines, may be missing. */
  unmarked: readonly NumberedCommit[]
  /** Why committed lines could not be written. */
  unwritable?: unknown
}

/** Reads and checks the ledger of a feature. Writes nothing: what a crash left unwritten is not in it yet. */
export function readLedger(state: State, feature: string): Ledger {
  return read(state, feature, branch => ({ unmarked: pendingCommits(state, feature, branch) }))
}

/** As `readLedger`, after writing what a crash left unwritten. For callers that are about to record something. */
export function finishLedger(state: State, feature: string): Ledger {
  return read(state, feature, branch => finish(state, feature, branch))
}

type Unfinished = Pick<Ledger, 'unmarked' | 'unwritable'>

function read(state: State, feature: string, settle: (branch: string) => Unfinished): Ledger {
  // The number first: an event that is added while the files are read makes the caller decide again.
  const { number: commit } = lastCommit(state, feature)
  const unfinished = settle(checkedOut(state.root) ?? '')
  const chains = chainFiles(state, feature).map(readChain)
  return { ...joined(chains), commit, ...unfinished }
}

/** How events are appended. */
interface Appending {
  by: string
  /** Number of the latest commit when these events were decided; default: the latest one now. */
  after?: number
  /** The task that these events mark. */
  marks?: string
  /** A condition besides the ledger. */
  fence?: Fence
}

/**
 * Appends events durably to this clone's chain. Throws `Overtaken` without writing anything if another process appended events
 * after `after`.
 */
export function appendEvents(
  state: State,
  feature: string,
  bodies: readonly EventBody[],
  { by, after, marks, fence }: Appending,
): { events: Event[]; commit: number } {
  const last = lastCommit(state, feature)
  const number = (after ?? last.number) + 1
  const chain = ownChain(state, feature, last.commit)
  const { file, whole, tip, events: earlier } = chain
  const at = timeAfter(earlier.at(-1)?.at, lastOfOthers(state, feature, file))
  const { lines, events } = sealed(bodies, { feature, at, by }, tip)
  const commit = {
    format: 1 as const,
    file: path.basename(file),
    offset: whole,
    prev: tip.hash,
    seq: tip.seq,
    lines,
    tip: events.at(-1)?.hash ?? tip.hash,
    branch: checkedOut(state.root) ?? '',
    ...(marks !== undefined && { marks }),
  }
  commitAt(state, feature, number, commit, fence)
  const end = events.at(-1)
  if (end) noteHead(state, feature, commit.file, headOf(end))
  pruneRecords(commitFolder(state, feature))
  return { events, commit: number }
}

/**
 * Events that this clone recorded on the branch that is checked out and that the ledger does not have, oldest first: somebody cut
 * its end off, or restored an earlier file.
 */
export function lostEvents(state: State, feature: string, ledger: Ledger): Event[] {
  const known = new Set(ledger.events.map(({ hash }) => hash))
  const branch = checkedOut(state.root) ?? ''
  const unfinished = new Set(ledger.unmarked.flatMap(({ lines }) => lines))
  return recordedCommits(state, feature, branch).flatMap(({ lines }) =>
    lines.flatMap(line => {
      const event = unfinished.has(line) ? undefined : parseEvent(JSON.parse(line))
      return event && !known.has(event.hash) ? [event] : []
    }),
  )
}

/**
 * The last events of this branch's chains that this worktree wrote and that the ledger does not have. They are known even if all of
 * `.redgreen` was deleted.
 */
export function lostHeads(state: State, feature: string, ledger: Ledger): LedgerHead[] {
  const known = new Set(ledger.events.map(({ hash }) => hash))
  const unfinished = new Set(ledger.unmarked.map(({ tip }) => tip))
  return notedHeads(state, feature).filter(({ tip }) => !known.has(tip) && !unfinished.has(tip))
}

function headOf(event: Event): Omit<LedgerHead, 'branch'> {
  const { hash: tip, seq, at } = event
  return { tip, seq, at, what: describeEvent(event) }
}

/** What an event is about, such as `done of T001`. */
export function describeEvent(event: Event): string {
  return 'task' in event ? `${event.kind} of ${event.task}` : event.kind
}

/** Whether this clone has ever recorded anything for the feature. */
export function hasRecorded(state: State, feature: string): boolean {
  return lastCommit(state, feature).number > 0
}

/** The features that have a ledger, sorted. */
export function featuresRecorded(state: State): string[] {
  const folder = path.join(state.folder, 'ledger')
  // There may be a file next to the folders of the features.
  const names = namesIn(folder).filter(name => disk.stat(path.join(folder, name))?.isFolder)
  return names.filter(name => chainFiles(state, name).length > 0).sort()
}

/** If the disk cannot be written, the ledger is still readable. The reason is reported to callers that record something. */
function finish(state: State, feature: string, branch: string): Unfinished {
  try {
    return { unmarked: finishCommits(state, feature, branch) }
  } catch (unwritable) {
    return { unmarked: [], unwritable }
  }
}

/** Absolute paths of the chain files of a feature, sorted. */
function chainFiles(state: State, feature: string): string[] {
  const folder = ledgerFolder(state, feature)
  const names = namesIn(folder).filter(name => name.endsWith('.jsonl'))
  return names.sort().map(name => path.join(folder, name))
}

/** Returns the same object for the same chains, so that callers can cache what they derive from it. */
function joined(chains: readonly Chain[]): Pick<Ledger, 'events' | 'damage'> {
  const [only] = chains
  if (only && chains.length === 1) return only
  const key = chains.map(({ file }) => file).join('\n')
  const known = JOINED.get(key)
  if (known && chains.every((chain, index) => chain === known.chains[index])) return known
  // Events of one clone stay in the order of its chain: the sort is stable and its times never decrease.
  const events = chains.flatMap(chain => chain.events)
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const damage = chains.flatMap(chain => chain.damage)
  JOINED.clear()
  JOINED.set(key, { chains, events, damage })
  return { events, damage }
}

const JOINED = new Map<string, { chains: readonly Chain[] } & Pick<Ledger, 'events' | 'damage'>>()

/**
 * The chain that this clone continues. If the file does not end with the latest recorded line, another branch is checked out or
 * somebody changed the file. Then a new chain starts, so that two branches never write the same lines.
 */
function ownChain(
  state: State,
  feature: string,
  last: { file: string; tip: string } | undefined,
): Chain {
  const folder = ledgerFolder(state, feature)
  const chain = last && readChain(path.join(folder, last.file))
  const goesOn = chain?.damage.length === 0 && chain.tip.hash === last?.tip
  // An unfinished line that belongs to no commit is not removed.
  if (goesOn && chain.whole === chain.length) return chain
  return readChain(path.join(folder, `${randomBytes(5).toString('hex')}.jsonl`))
}

function sealed(
  bodies: readonly EventBody[],
  common: { feature: string; at: string; by: string },
  tip: { hash: string; seq: number },
): { lines: string[]; events: Event[] } {
  let { hash: prev, seq } = tip
  const lines: string[] = []
  const events: Event[] = []
  for (const body of bodies) {
    seq += 1
    const line = sealLine({ ...withSafeText(body), ...common }, { seq, prev })
    const event = parseEvent(JSON.parse(line))
    if (!event) throw new TypeError(`An event of kind ${body.kind} does not fit its own schema.`)
    prev = event.hash
    lines.push(line)
    events.push(event)
  }
  return { lines, events }
}

/** The fields that hold free text of programs, assistants and humans. All others are compared later, so they stay as they are. */
const FREE_TEXT = new Set(
  'message output measured error cause reason findings summary checks refactor symptom cure waived'.split(
    ' ',
  ),
)

function withSafeText(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, safePart(part, FREE_TEXT.has(key))]),
  )
}

function safePart(value: unknown, isFree: boolean): unknown {
  if (typeof value === 'string') return isFree ? safeProgramText(value) : value
  if (Array.isArray(value)) return value.map(part => safePart(part, isFree))
  if (typeof value !== 'object' || value === null) return value
  return isFree
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, safePart(part, true)]))
    : withSafeText(value)
}

/**
 * The current time, but not before the previous line and later than the events of other chains. A clock can be set back, and a
 * decision must be later than the events that it is based on.
 */
function timeAfter(own = '', others = ''): string {
  const later = Number.isNaN(Date.parse(others)) ? '' : afterwards(others)
  const [latest = ''] = [new Date().toISOString(), own, later].toSorted().slice(-1)
  return latest
}

function afterwards(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString()
}

/** Time of the latest event in the other chains of the feature. */
function lastOfOthers(state: State, feature: string, own: string): string | undefined {
  const files = chainFiles(state, feature).filter(file => file !== own)
  const times = files.flatMap(file => readChain(file).events.at(-1)?.at ?? [])
  return times.sort().at(-1)
}
