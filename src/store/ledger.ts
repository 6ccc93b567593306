import path from 'node:path'
import type { Event } from '../evidence/event.ts'
import { grown } from '../evidence/growing-events.ts'
import { readChain, type Chain, type Damage } from './chain-file.ts'
import { disk } from './disk.ts'
import { namesIn } from './read-file.ts'
import { checkedOut } from './git-folder.ts'
import { ledgerFolder } from './ledger-folder.ts'
import type { State } from './state.ts'
import {
  finishCommits,
  commitNumbers,
  pendingCommits,
  type NumberedCommit,
} from './transaction/commit.ts'

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
  return read(state, feature, left => ({ unmarked: pendingCommits(state, feature, left) }))
}

/** As `readLedger`, after writing what a crash left unwritten. For callers that are about to record something. */
export function finishLedger(state: State, feature: string): Ledger {
  return read(state, feature, left => finish(state, feature, left))
}

type Unfinished = Pick<Ledger, 'unmarked' | 'unwritable'>

/** Commits that are not settled, and the branch that is checked out. */
interface Left {
  pending: readonly number[]
  branch: string
}

function read(state: State, feature: string, settle: (left: Left) => Unfinished): Ledger {
  // The number first: an event that is added while the files are read makes the caller decide again.
  const { last: commit, pending } = commitNumbers(state, feature)
  const isSettled = pending.length === 0
  const unfinished = isSettled
    ? { unmarked: [] }
    : settle({ pending, branch: checkedOut(state.root) ?? '' })
  const chains = chainFiles(state, feature).map(readChain)
  return { ...joined(chains), commit, ...unfinished }
}

/** Whether this clone has ever recorded anything for the feature. */
export function hasRecorded(state: State, feature: string): boolean {
  return commitNumbers(state, feature).last > 0
}

/** The features that have a ledger, sorted. */
export function featuresRecorded(state: State): string[] {
  const folder = path.join(state.folder, 'ledger')
  // There may be a file next to the folders of the features.
  const names = namesIn(folder).filter(name => disk.stat(path.join(folder, name))?.isFolder)
  return names.filter(name => chainFiles(state, name).length > 0).sort()
}

/** If the disk cannot be written, the ledger is still readable. The reason is reported to callers that record something. */
function finish(state: State, feature: string, left: Left): Unfinished {
  try {
    return { unmarked: finishCommits(state, feature, left) }
  } catch (unwritable) {
    return { unmarked: [], unwritable }
  }
}

/** Absolute paths of the chain files of a feature, sorted. */
export function chainFiles(state: State, feature: string): string[] {
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
  const events = (known && continued(known, chains)) ?? sorted(chains)
  const damage = chains.flatMap(chain => chain.damage)
  JOINED.clear()
  JOINED.set(key, { chains, events, damage })
  return { events, damage }
}

/** Events of one clone stay in the order of its chain: the sort is stable and its times never decrease. */
function sorted(chains: readonly Chain[]): Event[] {
  const events = chains.flatMap(chain => chain.events)
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The known events and later ones that were added to one chain; `undefined` if anything else changed. To sort a long ledger takes long. */
function continued(
  { chains: before, events }: Joined,
  now: readonly Chain[],
): readonly Event[] | undefined {
  const [at, ...more] = now.flatMap((chain, index) => (chain === before[index] ? [] : [index]))
  const [known, longer] = [before[at ?? -1], now[at ?? -1]]
  if (!known || !longer || more.length > 0) return undefined
  const count = known.events.length
  const [last, added] = [events.at(-1), longer.events.slice(count)]
  const isLonger = known.events.at(-1) === longer.events[count - 1]
  const isLater = last === undefined || added.every(event => event.at > last.at)
  return isLonger && isLater ? grown(events, added) : undefined
}

interface Joined extends Pick<Ledger, 'events' | 'damage'> {
  chains: readonly Chain[]
}

const JOINED = new Map<string, Joined>()
