import { lastEvent, type Event } from '../../evidence/event.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import { describeEvent, lostEvents, lostHeads } from '../../store/lost-events.ts'
import { eventsRemovedByCommits } from '../../store/ledger-history.ts'
import { eventsElsewhere } from '../../store/other-ledgers.ts'
import {
  referencesOf,
  snapshotReference,
  type SnapshotReference,
} from '../../store/snapshot-references.ts'
import type { Context } from '../context/context.ts'
import type { Classified } from './evidence-group.ts'
import type { Finding } from './finding.ts'

/** Evidence that existed and that the ledger does not have. */
export interface LostEvidence {
  /** This worktree recorded it on this branch. */
  findings: Finding[]
  /** It may also belong to work that was given up, which only a reader can know. */
  notes: string[]
  classified: Classified[]
}

/** Looks for it in the records of this clone, in git's references, and in the history of the branch. */
export async function lostEvidence(context: Context): Promise<LostEvidence> {
  const approved = lastEvent(context.ledger.events, 'approved')?.at ?? ''
  const elsewhere = elsewhereOf(context)
  const references = (await unexplainedReferences(context, elsewhere)).filter(
    ({ step }) => step !== 'start',
  )
  const recorded = await lostHere(context, elsewhere, approved)
  const removed = await removedByCommits(context, elsewhere, approved)
  const { key, ledger } = context
  const place = { path: `.redgreen/ledger/${key}`, line: 1 }
  // The references of lines after a broken one are unexplained too, and the broken line is a finding.
  const isUnexplained = references.length > 0 && ledger.damage.length === 0
  const kept = isUnexplained ? ` Git still has snapshots of ${describe(references)}.` : ''
  const text = `${recorded} Restore the ledger from git, or ask a human to accept its state with redgreen approve.${kept}`
  return {
    findings: recorded === undefined ? [] : [{ ...place, text }],
    notes: [
      ...(isUnexplained && recorded === undefined
        ? [
            `Git has snapshots of steps that no ledger contains: ${describe(references)}. Was the ledger deleted and the work started again, or was a branch given up?`,
          ]
        : []),
      ...removed.map(
        ({ commit, events }) =>
          `Commit ${commit.slice(0, 12)} removed ${countOf(events.length, 'event')} from the ledger: ${formatList(events.map(describeEvent), MAX_LISTED)}. A ledger only grows.`,
      ),
    ],
    classified: [
      ...(isUnexplained ? references.map(({ task, step }) => lost(task, step)) : []),
      ...removed.flatMap(({ events }) =>
        events.map(event => lost('task' in event ? event.task : undefined, event.kind)),
      ),
    ],
  }
}

/** A warning for the first step of a feature of which git has snapshots already. */
export async function earlierWorkNote(context: Context): Promise<string[]> {
  const references = await unexplainedReferences(context, elsewhereOf(context))
  if (references.length === 0) return []
  return [
    `! Git has snapshots of earlier work on this feature that its ledger does not contain: ${describe(references)}. If the ledger was deleted, restore it from git before you continue. \`redgreen verify\` names them.`,
  ]
}

type Elsewhere = () => Promise<readonly Event[]>

/** The events of other branches and worktrees, read only if something has to be explained, and once. */
function elsewhereOf(context: Context): Elsewhere {
  let events: Promise<readonly Event[]> | undefined
  return () => (events ??= eventsElsewhere(context, context.key))
}

/** References of this feature that no event explains, here, on another branch, or in another worktree. */
async function unexplainedReferences(
  { workspace, key, ledger }: Context,
  elsewhere: Elsewhere,
): Promise<SnapshotReference[]> {
  const all = await referencesOf(workspace, key)
  const own = namesFor(key, ledger.events)
  const unexplained = all.filter(({ name }) => !own.has(name))
  if (unexplained.length === 0) return []
  const others = namesFor(key, await elsewhere())
  return unexplained.filter(({ name }) => !others.has(name))
}

function namesFor(feature: string, events: readonly Event[]): Set<string> {
  return new Set(
    events.flatMap(event =>
      'task' in event && 'tree' in event
        ? snapshotReference({ feature, task: event.task, step: event.kind }, { hash: event.tree })
        : [],
    ),
  )
}

/** What this worktree recorded on this branch and the ledger lacks, as a sentence. */
async function lostHere(
  { state, key, ledger }: Context,
  elsewhere: Elsewhere,
  approved: string,
): Promise<string | undefined> {
  const events = lostEvents(state, key, ledger).filter(({ at }) => at > approved)
  const heads = lostHeads(state, key, ledger).filter(({ at }) => at > approved)
  if (events.length === 0 && heads.length === 0) return undefined
  const others = new Set((await elsewhere()).map(({ hash }) => hash))
  const [first, ...more] = events.filter(({ hash }) => !others.has(hash))
  if (first) {
    const isOne = more.length === 0
    return `${countOf(more.length + 1, 'event')} that this clone recorded ${isOne ? 'is' : 'are'} missing, first ${describeEvent(first)} at ${first.at}.`
  }
  const head = heads.find(({ tip }) => !others.has(tip))
  return (
    head &&
    `A ledger with ${countOf(head.seq, 'event')} that this clone recorded on this branch is missing or was cut, last ${head.what} at ${head.at}.`
  )
}

/** Lines that a commit of this branch removed from the ledger and that no ledger has. */
async function removedByCommits(
  { workspace, key, ledger }: Context,
  elsewhere: Elsewhere,
  approved: string,
): Promise<{ commit: string; events: Event[] }[]> {
  const known = new Set(ledger.events.map(({ hash }) => hash))
  const removed = (await eventsRemovedByCommits(workspace, key)).map(({ commit, events }) => ({
    commit,
    events: events.filter(({ hash, at }) => !known.has(hash) && at > approved),
  }))
  if (removed.every(({ events }) => events.length === 0)) return []
  const others = new Set((await elsewhere()).map(({ hash }) => hash))
  return removed
    .map(({ commit, events }) => ({ commit, events: events.filter(one => !others.has(one.hash)) }))
    .filter(({ events }) => events.length > 0)
}

function describe(references: readonly SnapshotReference[]): string {
  return formatList(
    references.map(({ name }) => name),
    MAX_LISTED,
  )
}

function lost(task: string | undefined, step: string): Classified {
  const name = task === undefined ? step : `${task} (${step})`
  return { class: 'lost-evidence', ...(task !== undefined && { task }), name }
}

const MAX_LISTED = 5
