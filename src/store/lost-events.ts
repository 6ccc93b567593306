import { parseEvent, type Event } from '../evidence/event.ts'
import { checkedOut } from './git-folder.ts'
import { notedHeads, type LedgerHead } from './ledger-heads.ts'
import type { Ledger } from './ledger.ts'
import type { State } from './state.ts'
import { recordedCommits } from './transaction/commit.ts'

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

/** An event as the end of a ledger is noted. */
export function headOf(event: Event): Omit<LedgerHead, 'branch'> {
  const { hash: tip, seq, at } = event
  return { tip, seq, at, what: describeEvent(event) }
}

/** What an event is about, such as `done of T001`. */
export function describeEvent(event: Event): string {
  return 'task' in event ? `${event.kind} of ${event.task}` : event.kind
}
