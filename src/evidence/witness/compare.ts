import type { Event } from '../event.ts'
import { UNKNOWN_TAG, type Statement, type Tags } from './statement.ts'

/** One chain of a ledger. */
export interface LedgerChain {
  chain: string
  events: readonly Event[]
}

/** An event that a witness heard of. */
export interface HeardEvent {
  chain: string
  seq: number
  hash: string
  heard: string
  clone: string
  branch: string
}

/** What a ledger and the statement of a witness say about each other. */
export interface Comparison {
  /** For each chain, the first event that has another one in its place. */
  rewritten: { event: Event; heard: HeardEvent }[]
  /** Events that the ledger does not have, of the other chains. */
  missing: HeardEvent[]
  /** Those of them without which the same clone and branch went on, as the ledger itself shows. */
  cut: HeardEvent[]
  /** Events that the witness does not know. */
  unknown: Event[]
  /** Events that the witness heard of much later than they say that they were recorded. */
  late: { event: Event; heard: HeardEvent }[]
  /**
   * Approvals of humans that the witness heard of. They explain missing events, and hide none: who can cut a ledger can add an approval.
   */
  approvals: { event: Approval; heard: HeardEvent }[]
}

type Approval = Extract<Event, { kind: 'approved' }>

/** Compares the ledger of a feature with what a witness heard of it. `own` are the tags of this clone and branch. */
export function compareWithWitness(
  chains: readonly LedgerChain[],
  statement: Pick<Statement, 'chains'>,
  feature: string,
  own?: Tags,
): Comparison {
  const heard = statement.chains.filter(one => one.feature === feature).flatMap(heardIn)
  const byHash = new Map(heard.map(one => [one.hash, one]))
  const events = chains.flatMap(one => one.events)
  const inLedger = new Set(events.map(({ hash }) => hash))
  const present = heard.filter(({ hash }) => inLedger.has(hash))
  const rewritten = rewrittenIn(chains, heard, inLedger)
  const isRewritten = new Set(rewritten.map(one => one.heard.chain))
  const missing = heard.filter(one => !inLedger.has(one.hash) && !isRewritten.has(one.chain))
  const isOwn = (one: HeardEvent) => one.clone === own?.clone && one.branch === own.branch
  const wentOn = (one: HeardEvent) =>
    one.clone !== UNKNOWN_TAG &&
    present.some(
      later => later.clone === one.clone && later.branch === one.branch && later.heard > one.heard,
    )
  return {
    rewritten,
    missing,
    cut: missing.filter(one => isOwn(one) || wentOn(one)),
    unknown: events.filter(({ hash }) => !byHash.has(hash)),
    late: events.flatMap(event => {
      const found = byHash.get(event.hash)
      return found && Date.parse(found.heard) - Date.parse(event.at) > LATE_MS
        ? [{ event, heard: found }]
        : []
    }),
    approvals: events.flatMap(event => {
      const found = byHash.get(event.hash)
      return found && event.kind === 'approved' ? [{ event, heard: found }] : []
    }),
  }
}

/** The events of a step are sent at once. Clocks of two machines may differ by some minutes. */
const LATE_MS = 10 * 60_000

function heardIn({ chain, heard }: Statement['chains'][number]): HeardEvent[] {
  return heard.flatMap(({ first, hashes, heard: at, clone, branch }) =>
    hashes.map((hash, index) => ({ chain, seq: first + index, hash, heard: at, clone, branch })),
  )
}

function rewrittenIn(
  chains: readonly LedgerChain[],
  heard: readonly HeardEvent[],
  inLedger: ReadonlySet<string>,
): Comparison['rewritten'] {
  return chains.flatMap(({ chain, events }) => {
    const bySeq = new Map(events.map(event => [event.seq, event]))
    const other = heard.find(
      one => one.chain === chain && bySeq.has(one.seq) && !inLedger.has(one.hash),
    )
    const event = other && bySeq.get(other.seq)
    return event ? [{ event, heard: other }] : []
  })
}
