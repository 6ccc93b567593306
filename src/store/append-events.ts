import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { sealLine } from '../evidence/chain.ts'
import { parseEvent, type Event, type EventBody } from '../evidence/event.ts'
import { readChain, type Chain } from './chain-file.ts'
import { checkedOut } from './git-folder.ts'
import { ledgerFolder } from './ledger-folder.ts'
import { noteHead } from './ledger-heads.ts'
import { chainFiles } from './ledger.ts'
import { parseJson } from '../plan/parse-json.ts'
import { headOf } from './lost-events.ts'
import { withSafeText } from './safe-event.ts'
import type { State } from './state.ts'
import { storeLists, withLists, type ListFolder } from './test-lists.ts'
import type { Commit } from './transaction/commit-schema.ts'
import { commitAt, commitFolder, lastCommit } from './transaction/commit.ts'
import { pruneRecords, type Fence } from './transaction/sequence.ts'

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
  const number = (after ?? lastCommit(state, feature).number) + 1
  const { events, commit } = sealEvents(state, feature, bodies, { by, marks })
  commitLines(state, feature, number, commit, fence)
  return { events, commit: number }
}

/**
 * Seals events as the next lines of this clone's chain, and returns them with the commit that adds them. Writes only the files of long
 * lists.
 */
export function sealEvents(
  state: State,
  feature: string,
  bodies: readonly EventBody[],
  { by, marks, clone, now = new Date() }: Sealing,
): { events: Event[]; commit: Commit } {
  const chain = ownChain(state, feature, lastCommit(state, feature).commit)
  const { file, whole, tip, events: earlier } = chain
  const at = timeAfter(now, earlier.at(-1)?.at, lastOfOthers(state, feature, file))
  const branch = checkedOut(state.root) ?? ''
  const common = { feature, at, by, ...(clone !== undefined && { clone, branch }) }
  const { lines, events } = sealed(bodies, common, tip, { folder: state.folder, feature })
  const commit = {
    format: 1 as const,
    file: path.basename(file),
    offset: whole,
    prev: tip.hash,
    seq: tip.seq,
    lines,
    tip: events.at(-1)?.hash ?? tip.hash,
    branch,
    ...(marks !== undefined && { marks }),
  }
  return { events, commit }
}

/** What is written into each line, besides the event. */
interface Sealing extends Pick<Appending, 'by'> {
  marks?: string | undefined
  /** The clone, if several work on the project. */
  clone?: string | undefined
  /** The current time; default: of this machine. */
  now?: Date
}

/** Makes sealed events durable as the commit with this number. Throws `Overtaken` if there is one. */
export function commitLines(
  state: State,
  feature: string,
  number: number,
  commit: Commit,
  fence?: Fence,
): void {
  commitAt(state, feature, number, commit, fence)
  const end = parseJson(commit.lines.at(-1) ?? '')
  const last = typeof end === 'object' && end ? parseEvent({ ...end }) : undefined
  if (last) noteHead(state, feature, commit.file, headOf(last))
  pruneRecords(commitFolder(state, feature))
}

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
  const goesOn = chain?.damage.length === 0 && !chain.isForked && chain.tip.hash === last?.tip
  // An unfinished line that belongs to no commit is not removed.
  if (goesOn && chain.whole === chain.length) return chain
  return readChain(path.join(folder, `${randomBytes(5).toString('hex')}.jsonl`))
}

function sealed(
  bodies: readonly EventBody[],
  common: { feature: string; at: string; by: string; clone?: string; branch?: string },
  tip: { hash: string; seq: number },
  place: ListFolder,
): { lines: string[]; events: Event[] } {
  let { hash: prev, seq } = tip
  const lines: string[] = []
  const events: Event[] = []
  for (const body of bodies) {
    seq += 1
    const safe = withSafeText(body)
    const line = sealLine({ ...storeLists(place, safe), ...common }, { seq, prev })
    const read = withLists(place, JSON.parse(line))
    const event = 'whole' in read ? parseEvent(read.whole) : undefined
    if (!event) throw new TypeError(`An event of kind ${body.kind} does not fit its own schema.`)
    prev = event.hash
    lines.push(line)
    events.push(event)
  }
  return { lines, events }
}

/**
 * The current time, but not before the previous line and later than the events of other chains. A clock can be set back, but a decision
 * must have a later time than the events that it is based on.
 */
function timeAfter(now: Date, own = '', others = ''): string {
  const later = Number.isNaN(Date.parse(others)) ? '' : afterwards(others)
  const [latest = ''] = [now.toISOString(), own, later].toSorted().slice(-1)
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
