import path from 'node:path'
import { sha256 } from '../../evidence/chain.ts'
import type { Event, EventBody } from '../../evidence/event.ts'
import { sealEvents } from '../../store/append-events.ts'
import type { Ledger } from '../../store/ledger.ts'
import type { FencedDecision } from '../../store/leases/fencing.ts'
import type { Holder } from '../../store/leases/holder.ts'
import type { Call } from './call.ts'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'
import { idsEvent } from './task-ids.ts'

/**
 * Records events. Call it inside `withTransaction` only. If another process recorded something after the context was
 * loaded, it throws `Overtaken` and the transaction starts again.
 */
export async function record(context: Context, ...bodies: EventBody[]): Promise<Event[]> {
  return recordMarking(context, undefined, ...bodies)
}

/** Same as `record`, for events that the marks of a task follow from. */
export async function recordMarking(
  context: Context,
  marks: string | undefined,
  ...bodies: EventBody[]
): Promise<Event[]> {
  refuseBrokenLedger(context)
  const { state, ledger, call, coordinator } = context
  const ids = ledgersWithIds.has(ledger) ? undefined : idsEvent(context.plan, ledger.events)
  const { events, commit } = sealEvents(state, context.key, [...(ids ? [ids] : []), ...bodies], {
    by: callerTag(call),
    marks,
    clone: coordinator.clone,
    now: coordinator.clocks().wall,
  })
  const fence = fenceFor(context, bodies)
  const addition = { after: ledger.commit, commit, ...(fence && { fence }) }
  ledger.commit = await coordinator.append(context.key, addition)
  ledgersWithIds.add(ledger)
  return ids ? events.slice(1) : events
}

/** Ledgers to which the ids of the plan were added after they were read. */
const ledgersWithIds = new WeakSet<Ledger>()

/** Events about a task are recorded only if nobody else takes the task first, in any worktree. */
function fenceFor(
  { key, call, leaseTable: table }: Context,
  bodies: readonly EventBody[],
): FencedDecision | undefined {
  const [task] = bodies.flatMap(body => ('task' in body ? [body.task] : []))
  return task === undefined ? undefined : { feature: key, task, by: call.holder, table }
}

/** The caller's tag in the ledger. It is the same for one server or terminal, and does not reveal who that is. */
export function callerTag({ holder }: Call): string {
  return holderTag(holder)
}

/** The tag of a lease holder in the ledger. */
export function holderTag({ id }: Pick<Holder, 'id'>): string {
  return sha256(id).slice(0, 8)
}

/** Refuses to record anything after a line that does not verify. */
export function refuseBrokenLedger({ ledger, workspace }: Context): void {
  if (ledger.unwritable !== undefined) throw ledger.unwritable
  const damage = ledger.damage.find(({ newer }) => !newer) ?? ledger.damage[0]
  if (!damage) return
  const place = `${path.relative(workspace.root, damage.path)}, line ${damage.line}`
  if (damage.newer) {
    throw new Refusal(
      'unsupported_file',
      `${place} holds an event of a newer version of redgreen-mcp, which this version cannot read.`,
      'Nothing was recorded. Ask a human to update redgreen-mcp; reading documents still works.',
    )
  }
  throw new Refusal(
    'ledger_broken',
    `The ledger is broken at ${place}: ${damage.text}.`,
    'Nothing was recorded. Ask a human to restore that file, for example from git.',
  )
}
