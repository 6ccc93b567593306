import path from 'node:path'
import type { Event } from '../../evidence/event.ts'
import {
  compareWithWitness,
  type Comparison,
  type HeardEvent,
} from '../../evidence/witness/compare.ts'
import { countOf } from '../../plan/format-list.ts'
import { readChain } from '../../store/chain-file.ts'
import { chainFiles } from '../../store/ledger.ts'
import { describeEvent } from '../../store/lost-events.ts'
import { eventsElsewhere } from '../../store/other-ledgers.ts'
import type { Context } from '../context/context.ts'
import { ownTags } from '../witness/database-tags.ts'
import type { LoadedStatement } from '../witness/loaded-statement.ts'
import { tagsOf } from '../witness/send-events.ts'
import { acceptOptions, isAccepted, type AcceptedRange } from './accepted-missing.ts'
import type { Finding } from './finding.ts'

/** A forger can keep an old statement, which says nothing about later events. */
const DAY_MS = 24 * 60 * 60_000

type Place = Pick<Context, 'workspace' | 'state'> & { key: string }

/** What the statement of a witness shows about the ledger of a feature. */
export async function compareLedger(
  place: Place,
  { statement, isFresh, isDatabase }: Extract<LoadedStatement, { isFresh: boolean }>,
  accepted: readonly AcceptedRange[] = [],
): Promise<{ findings: Finding[]; notes: string[] }> {
  const at = { path: `.redgreen/ledger/${place.key}`, line: 1 }
  const chains = chainFiles(place.state, place.key).map(file => ({
    chain: path.basename(file, '.jsonl'),
    events: readChain(file).events,
  }))
  const own = isDatabase ? ownTags(place.state) : tagsOf(place.state)
  const found = compareWithWitness(chains, statement, place.key, own)
  const isLater = ({ at: recorded }: Event) => !isFresh && recorded > statement.at
  const later = found.unknown.filter(isLater)
  const isOld = Date.now() - Date.parse(statement.at) > DAY_MS
  const laterText = `${countOf(later.length, 'event')} of this ledger say that they are later than the statement of the witness, which is from ${statement.at} and says nothing about them.`
  const unknown = found.unknown.filter(event => !isLater(event))
  const elsewhere = await hashesElsewhere(place, found.missing)
  const absent = found.missing.filter(({ hash }) => !elsewhere.has(hash))
  const given = absent.filter(one => isAccepted(accepted, one))
  const missing = absent.filter(one => !given.includes(one))
  // If events are missing and the ledger has others that the witness never received, the ledger was replaced.
  const lost = unknown.length > 0 ? missing : missing.filter(one => found.cut.includes(one))
  const others = missing.filter(one => !lost.includes(one))
  const got = isDatabase ? 'The database got' : 'The witness heard of'
  const isKnown = statement.chains.some(({ feature }) => feature === place.key)
  return {
    findings: [
      ...found.rewritten.map(
        ({ event, heard }) =>
          `Event ${heard.seq} of chain ${heard.chain} (${describeEvent(event)}) is not the one that ${isDatabase ? 'the database got' : 'the witness heard of'} at ${heard.heard}. The ledger was rewritten from there, or the clone was copied while it was in use.`,
      ),
      ...(lost.length > 0
        ? [
            `${got} ${describeMissing(lost)} that this ledger does not have, although ${unknown.length > 0 ? `others are in it that ${isDatabase ? 'the database does not have' : 'it did not hear of'}` : 'the ledger of this branch had them'}. They were cut off or replaced, or their branch was given up.${approvalAfter(lost, found)} ${restoreText(lost, isDatabase)}`,
          ]
        : []),
      ...(unknown.length > 0
        ? [isDatabase ? strangeText(unknown) : unknownText(unknown, isKnown)]
        : []),
      ...(later.length > 0 && isOld
        ? [`${laterText} Ask for a new statement: this one is older than a day.`]
        : []),
    ].map(text => ({ ...at, text })),
    notes: [
      ...(given.length > 0
        ? [
            `${got} ${describeMissing(given)} that this ledger does not have. --accept-missing names them.`,
          ]
        : []),
      ...(others.length > 0
        ? [
            `${got} ${describeMissing(others)} that this ledger does not have: of another clone or branch that is not merged here, or cut off at the end.${approvalAfter(others, found)}`,
          ]
        : []),
      ...lateNotes(found.late, got),
      ...(later.length > 0 && !isOld ? [laterText] : []),
    ],
  }
}

/** A function, because other branches and worktrees are read only if something has to be explained. */
async function hashesElsewhere(
  { workspace, state, key }: Place,
  missing: readonly HeardEvent[],
): Promise<ReadonlySet<string>> {
  if (missing.length === 0) return new Set()
  return new Set((await eventsElsewhere({ workspace, state }, key)).map(({ hash }) => hash))
}

/** An approval that follows the loss. A forger of the ledger can add one, so it is mentioned and decides nothing. */
function approvalAfter(missing: readonly HeardEvent[], { approvals }: Comparison): string {
  const [first = ''] = missing.map(({ heard }) => heard).toSorted()
  const last = approvals.findLast(({ heard }) => heard.heard > first)
  if (!last) return ''
  const { person, at } = last.event
  return ` ${person} approved the ledger at ${at}, after the first of them, as the ledger says (heard of at ${last.heard.heard}): ask them whether they knew.`
}

/** An approval in the ledger does not help, so the person who verifies decides, outside of what the assistant can write. */
function restoreText(lost: readonly HeardEvent[], isDatabase: true | undefined): string {
  const again = isDatabase
    ? 'Run `redgreen status` in a clone that uses the store: it writes them again. Or restore'
    : 'Restore'
  return `${again} the chains of these events from git. If they are lost for good, a person accepts that where they verify, with ${acceptOptions(lost)}; \`redgreen approve\` does not.`
}

function describeMissing(missing: readonly HeardEvent[]): string {
  const [first] = missing
  return `${countOf(missing.length, 'event')} (first number ${first?.seq} of chain ${first?.chain}, at ${first?.heard})`
}

function unknownText(unknown: readonly Event[], isKnown: boolean): string {
  const [first] = unknown
  const what = isKnown
    ? `${countOf(unknown.length, 'event')} of this ledger, first ${first ? describeEvent(first) : ''} at ${first?.at}`
    : 'this ledger'
  return `The witness does not know ${what}. That alone does not show a forgery: nothing was sent, or it lost its files. \`redgreen witness --send\` sends them now, and the witness will show when it heard of them.`
}

/** A clone that shares a store adds nothing to its ledger that the store does not have. */
function strangeText(unknown: readonly Event[]): string {
  const [first] = unknown
  return `The database does not have ${countOf(unknown.length, 'event')} of this ledger, first ${first ? describeEvent(first) : ''} at ${first?.at}. They were forged, or recorded by a clone that did not use it.`
}

function lateNotes(late: Comparison['late'], got: string): string[] {
  const [first] = late
  if (!first) return []
  return [
    `${got} ${countOf(late.length, 'event')} more than 10 minutes after their time, first of ${describeEvent(first.event)} (recorded at ${first.event.at}, then at ${first.heard.heard}). It cannot say what happened before that.`,
  ]
}
